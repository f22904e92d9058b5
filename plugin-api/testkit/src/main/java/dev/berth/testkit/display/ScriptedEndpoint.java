/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.display;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Pipe;

/** A server that says what a test makes it say, then either ends or keeps silent; it reads and forgets what it is told. */
public final class ScriptedEndpoint implements Endpoint {

    private final byte[] script;
    private final boolean silentAfterwards;

    /**
     * @param silentAfterwards whether the channel stays open when all is said
     */
    public ScriptedEndpoint(byte[] script, boolean silentAfterwards) {
        this.script = script.clone();
        this.silentAfterwards = silentAfterwards;
    }

    @Override
    public ByteChannel open(TaskContext context) {
        try {
            Pipe pipe = Pipe.open();
            ByteBuffer rest = ByteBuffer.wrap(script);
            if (!silentAfterwards && !rest.hasRemaining()) {
                pipe.sink().close();
            }
            return new Script(pipe, rest);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String describe() {
        return "a script";
    }

    private final class Script implements ByteChannel {
        private final Pipe pipe;
        private final ByteBuffer rest;

        Script(Pipe pipe, ByteBuffer rest) {
            this.pipe = pipe;
            this.rest = rest;
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            if (rest.hasRemaining()) {
                int n = Math.min(to.remaining(), rest.remaining());
                to.put(rest.slice().limit(n));
                rest.position(rest.position() + n);
                return n;
            }
            return silentAfterwards ? pipe.source().read(to) : -1;
        }

        @Override
        public int write(ByteBuffer from) {
            int n = from.remaining();
            from.position(from.limit());
            return n;
        }

        @Override
        public boolean isOpen() {
            return pipe.source().isOpen();
        }

        @Override
        public void close() throws IOException {
            pipe.source().close();
            pipe.sink().close();
        }
    }
}
