/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import com.sun.management.ThreadMXBean;
import dev.berth.api.channel.Endpoint;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.decode.Frame;
import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import dev.berth.plugin.display.rfb.internal.decode.RectangleDecoders;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * Plays what a server might say, and holds the client to what must be true whatever that is: at worst an IOException, nothing written
 * outside of the picture, no more memory than the picture and the largest things that are allowed cost.
 */
public final class HostileStream {

    static final int SIDE = 96;

    private static final int GUARD = 4096;
    private static final int GUARD_VALUE = 0x5a5a5a5a;
    /** Pictures above are allowed, but not what a test wants to fill. */
    private static final int MOST_PIXELS = 1 << 20;

    /** A clipboard of 16 MB, twice, as text, and pointers and buffers in reserve. */
    private static final long MOST_MEMORY = 96L << 20;

    /** A fuzzer's own work on classes would count as ours; there the heap is the bound. */
    private static final boolean INSTRUMENTED = Boolean.getBoolean("berth.fuzzer");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private HostileStream() {}

    /** For a fuzzer: the first byte says which of the two it is. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(data, 1, data.length);
        if (data[0] == 'H') {
            greet(rest);
        } else {
            play(rest);
        }
    }

    /** What follows a login, from ServerInit on; whether it was all in order. */
    static boolean play(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean whole = false;
        Frame frame = new Frame();
        Events events = new Events(frame);
        RfbInput in = new RfbInput(bytes, 0, bytes.length);
        try {
            int width = in.u16();
            int height = in.u16();
            ServerReader.checkSize(width, height);
            PixelFormat format = PixelFormat.read(in).asStored();
            ServerReader.name(in);
            events.resized(width, height);
            try (RectangleDecoders decoders = new RectangleDecoders(format, bytes.length % 2 == 0);
                    ServerReader reader = new ServerReader(in, format, frame, events, decoders)) {
                while (in.available() > 0) {
                    reader.message();
                }
                whole = true;
            }
        } catch (IOException | TooLarge expected) {
            // That is all that may happen.
        }
        events.checkGuard();
        checkMemory(before);
        return whole;
    }

    /** The beginning of a connection; whether it came to its end. */
    static boolean greet(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Credentials credentials = new Credentials() {
            @Override
            public Optional<Login> ask(String realm, boolean needUser) {
                return Optional.of(new Login("user", "password"));
            }
        };
        DisplayRequest request = new DisplayRequest(credentials, true, false, true);
        boolean whole = false;
        try {
            new Handshake(new Said(bytes), request, credentials, new Nowhere()).perform();
            whole = true;
        } catch (IOException | DisplayException expected) {
            // That is all that may happen.
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        checkMemory(before);
        return whole;
    }

    private static void checkMemory(long before) {
        if (INSTRUMENTED) {
            return;
        }
        long used = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (used > MOST_MEMORY) {
            throw new AssertionError(used + " bytes of memory");
        }
    }

    /** A picture that is allowed but larger than a test wants to be. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Holds the frame to sizes that a test can afford, and keeps guard words behind it. */
    private static final class Events implements ServerEvents {
        private final Frame frame;
        private int[] pixels = new int[0];
        private int size;
        private int resizes;

        Events(Frame frame) {
            this.frame = frame;
        }

        @Override
        public void updateBegins() {}

        @Override
        public void damaged(int x, int y, int w, int h) {
            if (x + w > frame.width() || y + h > frame.height()) {
                throw new AssertionError("damage outside of the picture");
            }
        }

        @Override
        public void updateEnds() {}

        @Override
        public void resized(int width, int height) {
            if (width * height > MOST_PIXELS || ++resizes > 8) {
                throw new TooLarge();
            }
            checkGuard();
            size = width * height;
            pixels = new int[size + GUARD];
            Arrays.fill(pixels, size, size + GUARD, GUARD_VALUE);
            frame.set(pixels, width, height);
        }

        @Override
        public void extendedClipboard(int flags, byte[] data) throws IOException {
            ClipboardExchange.unpack(data);
        }

        void checkGuard() {
            for (int i = size; i < pixels.length; i++) {
                if (pixels[i] != GUARD_VALUE) {
                    throw new AssertionError("written outside of the picture");
                }
            }
        }
    }

    /** Says what it was given, and hears nothing. */
    private static final class Said implements ByteChannel {
        private final ByteBuffer left;

        Said(byte[] bytes) {
            left = ByteBuffer.wrap(bytes);
        }

        @Override
        public int read(ByteBuffer to) {
            if (!left.hasRemaining()) {
                return -1;
            }
            int n = Math.min(to.remaining(), left.remaining());
            to.put(left.slice(left.position(), n));
            left.position(left.position() + n);
            return n;
        }

        @Override
        public int write(ByteBuffer from) {
            int n = from.remaining();
            from.position(from.limit());
            return n;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static final class Nowhere implements Endpoint {
        @Override
        public ByteChannel open(TaskContext context) {
            throw new IllegalStateException("it is open");
        }

        @Override
        public String describe() {
            return "nowhere";
        }
    }
}
