/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.sound;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.error.AudioException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.audio.pulse.internal.wire.PulseConnection;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/** A sound server that listens on a unix socket. */
record SoundSocket(String path) implements Endpoint {

    private static final PulseConnection.Listener DEAF = new PulseConnection.Listener() {
        @Override
        public void changed() {}

        @Override
        public void lost() {}
    };

    /** The one whose socket a variable names. */
    static SoundSocket named(String variable) {
        String path = System.getenv(variable);
        if (path == null) {
            throw new IllegalStateException(variable + " is not set: start this by the script \"sound\"");
        }
        return new SoundSocket(path);
    }

    /** Connects as a client of its own. */
    PulseConnection connect(String name) throws IOException, InterruptedException {
        return PulseConnection.open(SocketChannel.open(UnixDomainSocketAddress.of(path)), new byte[256], name, DEAF);
    }

    @Override
    public ByteChannel open(TaskContext context) throws AudioException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            throw new AudioException("sound.connect", "Nothing answers at " + path + ".", e);
        }
    }

    @Override
    public String describe() {
        return path;
    }

    @Override
    public boolean local() {
        return true;
    }
}
