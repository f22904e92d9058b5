/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server that misbehaves as a test wants it to. Each connection has a thread that runs the script and then waits to be closed. */
final class ScriptedServer implements AutoCloseable {

    /** What it does with a connection. */
    @FunctionalInterface
    interface Script {
        void run(Line line) throws IOException, InterruptedException;
    }

    private final ServerSocketChannel listening;
    private final SocketEndpoint endpoint;
    private final Script script;
    private volatile SocketChannel last;

    ScriptedServer(Path folder, Script script) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("scripted"));
        this.script = script;
        this.listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        this.endpoint = new SocketEndpoint(address, true);
        this.last = SocketChannel.open(StandardProtocolFamily.UNIX);
        Thread thread = new Thread(this::serve, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    SocketEndpoint endpoint() {
        return endpoint;
    }

    private void serve() {
        while (listening.isOpen()) {
            try {
                SocketChannel channel = listening.accept();
                last = channel;
                script.run(new Line(channel));
            } catch (IOException e) {
                // The client or the test has gone, which ends the script.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        last.close();
    }

    /** One connection. */
    static final class Line {
        private final SocketChannel channel;

        Line(SocketChannel channel) {
            this.channel = channel;
        }

        void send(byte... bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }

        void read(int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(count);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new IOException("the client has gone");
                }
            }
        }

        /** Takes what the client says until it goes. */
        void readAll() throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            while (channel.read(buffer.clear()) >= 0) {
                // Nothing of it matters.
            }
        }

        void hangUp() throws IOException {
            channel.close();
        }

        /** Version 3.8, no security, a picture of some size. */
        void greet(int width, int height) throws IOException {
            send(greeting());
            read(12);
            send((byte) 1, (byte) 1);
            read(1);
            send(new byte[4]);
            read(1);
            send(init(width, height));
        }
    }

    static byte[] greeting() {
        return "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] init(int width, int height) {
        return bytes(out -> {
            out.writeShort(width);
            out.writeShort(height);
            out.write(new byte[] {32, 24, 0, 1, 0, -1, 0, -1, 0, -1, 16, 8, 0, 0, 0, 0});
            out.writeInt(4);
            out.write(new byte[] {'t', 'e', 's', 't'});
        });
    }

    /** An update of rectangles that follow. */
    static byte[] update(int rectangles) {
        return new byte[] {0, 0, (byte) (rectangles >> 8), (byte) rectangles};
    }

    /** The head of a rectangle. */
    static byte[] head(int x, int y, int w, int h, int encoding) {
        return bytes(out -> {
            out.writeShort(x);
            out.writeShort(y);
            out.writeShort(w);
            out.writeShort(h);
            out.writeInt(encoding);
        });
    }

    /** Writes to an array. */
    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
