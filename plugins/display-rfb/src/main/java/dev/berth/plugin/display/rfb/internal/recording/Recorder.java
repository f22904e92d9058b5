/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.recording;

import dev.berth.plugin.display.rfb.internal.client.ClientMessages;
import dev.berth.plugin.display.rfb.internal.client.ServerEvents;
import dev.berth.plugin.display.rfb.internal.client.ServerReader;
import dev.berth.plugin.display.rfb.internal.decode.Frame;
import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import dev.berth.plugin.display.rfb.internal.decode.RectangleDecoders;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Records a server that is past the login. One thread. */
public final class Recorder {

    private final ByteChannel server;
    private final PixelFormat format;
    private final List<Integer> encodings;

    /**
     * @param server a channel on which the shared flag may be sent next
     * @param encodings all of them, pseudo-encodings included; those that want answers are not for recordings
     */
    public Recorder(ByteChannel server, PixelFormat format, List<Integer> encodings) {
        this.server = server;
        this.format = format;
        this.encodings = List.copyOf(encodings);
    }

    /** Records for some time; the file is replaced. Returns the last picture, as the format says. */
    public Frame record(Path file, Duration time) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20);
                PrintWriter times = new PrintWriter(
                        file.resolveSibling(file.getFileName() + ".times").toFile(), StandardCharsets.US_ASCII)) {
            return new Run(out, times).record(time);
        }
    }

    private void send(byte... message) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        while (buffer.hasRemaining()) {
            server.write(buffer);
        }
    }

    /** Copies what is read, up to the last whole message. */
    private final class Run implements ReadableByteChannel, ServerEvents {

        private final OutputStream out;
        private final PrintWriter times;
        private final RfbInput in = new RfbInput(this);
        private final Frame frame = new Frame();
        private final long start = System.nanoTime();
        /** What was read and belongs to a message that is not whole yet. */
        private byte[] pending = new byte[1 << 20];

        private int pendingLength;
        private long recorded;
        private boolean recording;

        Run(OutputStream out, PrintWriter times) {
            this.out = out;
            this.times = times;
        }

        Frame record(Duration time) throws IOException {
            send((byte) 1);
            int width = in.u16();
            int height = in.u16();
            ServerReader.checkSize(width, height);
            PixelFormat.read(in);
            byte[] name = in.bytes(in.length(1 << 16, "a name"));
            write(ByteBuffer.allocate(24 + name.length)
                    .putShort((short) width)
                    .putShort((short) height)
                    .put(format.toBytes())
                    .putInt(name.length)
                    .put(name)
                    .array());
            frame.set(new int[width * height], width, height);
            recording = true;
            send(ClientMessages.setPixelFormat(format));
            send(ClientMessages.setEncodings(encodings));
            send(ClientMessages.updateRequest(false, width, height));
            try (ServerReader reader =
                    new ServerReader(in, format.asStored(), frame, this, new RectangleDecoders(format.asStored()))) {
                while (System.nanoTime() - start < time.toNanos()) {
                    reader.message();
                    flush();
                }
            }
            return frame;
        }

        private void write(byte[] bytes) throws IOException {
            out.write(bytes);
            recorded += bytes.length;
        }

        /** Writes all but what the input holds for later. */
        private void flush() throws IOException {
            int whole = pendingLength - in.available();
            out.write(pending, 0, whole);
            recorded += whole;
            System.arraycopy(pending, whole, pending, 0, pendingLength - whole);
            pendingLength -= whole;
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            int from = to.position();
            int n = server.read(to);
            if (n > 0 && recording) {
                if (pending.length < pendingLength + n) {
                    pending = Arrays.copyOf(pending, 2 * (pendingLength + n));
                }
                to.get(from, pending, pendingLength, n);
                pendingLength += n;
            }
            return n;
        }

        @Override
        public boolean isOpen() {
            return server.isOpen();
        }

        @Override
        public void close() {}

        @Override
        public void updateBegins() throws IOException {
            send(ClientMessages.updateRequest(true, frame.width(), frame.height()));
        }

        @Override
        public void damaged(int x, int y, int w, int h) {}

        @Override
        public void updateEnds() {
            times.println(Duration.ofNanos(System.nanoTime() - start).toMillis() + " "
                    + (recorded + pendingLength - in.available()));
        }

        @Override
        public void resized(int width, int height) {
            frame.set(new int[width * height], width, height);
        }
    }
}
