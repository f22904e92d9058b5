/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import dev.berth.api.share.ListenAddress;
import dev.berth.plugin.share.ninep.internal.linux.LinuxVolume;
import dev.berth.plugin.share.ninep.internal.protocol.Export;
import dev.berth.plugin.share.ninep.internal.server.Listener;
import dev.berth.plugin.share.ninep.internal.server.NinepServer;
import dev.berth.plugin.share.ninep.internal.volume.Ownership;
import dev.berth.plugin.share.ninep.internal.volume.Volume;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** A server of this process on a unix socket. */
final class TestServer implements AutoCloseable {

    private final Listener listener;
    private final NinepServer server;
    private final Path socket;

    TestServer(Path folder, Path socket, boolean readOnly) throws Exception {
        this(LinuxVolume.open(folder, Ownership.hosts()), socket, readOnly);
    }

    TestServer(Volume volume, Path socket, boolean readOnly) throws IOException {
        this.socket = socket;
        this.listener = Listener.open(new ListenAddress.UnixSocket(socket));
        this.server = NinepServer.start(new Export(volume, readOnly, ""), listener.channel(), "test");
    }

    SocketAddress address() {
        return UnixDomainSocketAddress.of(socket);
    }

    NinepClient client() throws IOException {
        return NinepClient.attached(address());
    }

    NinepServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        listener.cleanUp();
    }
}
