/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** A socket of this machine, local or not as the test says. */
record SocketEndpoint(SocketAddress address, boolean local, String host) implements Endpoint {

    SocketEndpoint(SocketAddress address, boolean local) {
        this(address, local, "");
    }

    @Override
    public ByteChannel open(TaskContext context) throws DisplayException {
        try {
            return SocketChannel.open(address);
        } catch (IOException e) {
            throw new DisplayException("display.connect", "Nothing answers at " + address + ".", e);
        }
    }

    @Override
    public String describe() {
        return address.toString();
    }
}
