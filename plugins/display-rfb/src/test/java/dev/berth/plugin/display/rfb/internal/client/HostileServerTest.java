/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plugin.display.rfb.internal.decode.Frame;
import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import dev.berth.plugin.display.rfb.internal.decode.RectangleDecoders;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a server says ends in an IOException at worst: it never hangs, never leaves the frame, never eats memory. */
@Timeout(60)
final class HostileServerTest {

    private static final int SIDE = 96;
    private static final int GUARD = 4096;
    private static final int GUARD_VALUE = 0x5a5a5a5a;
    private static final int ROUNDS = 30_000;

    /** Holds the frame to sizes that a test can afford, and keeps guard words behind it. */
    private static final class Events implements ServerEvents {
        private final Frame frame;
        private int[] pixels = new int[0];
        private int size;

        Events(Frame frame) {
            this.frame = frame;
            resized(SIDE, SIDE);
        }

        @Override
        public void updateBegins() {}

        @Override
        public void damaged(int x, int y, int w, int h) {
            assertThat(x + w).isLessThanOrEqualTo(frame.width());
            assertThat(y + h).isLessThanOrEqualTo(frame.height());
        }

        @Override
        public void updateEnds() {}

        @Override
        public void resized(int width, int height) {
            if ((long) width * height > 1 << 20) {
                throw new TooLarge();
            }
            size = width * height;
            pixels = new int[size + GUARD];
            Arrays.fill(pixels, size, size + GUARD, GUARD_VALUE);
            frame.set(pixels, width, height);
        }

        void checkGuard() {
            for (int i = size; i < pixels.length; i++) {
                assertThat(pixels[i]).isEqualTo(GUARD_VALUE);
            }
        }
    }

    /** A picture that is allowed but larger than this test wants to be. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void survivesBrokenMessages() throws IOException {
        byte[][] seeds = seeds();
        Random random = new Random(20_261_123);
        int ended = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutate(seeds[random.nextInt(seeds.length)].clone(), random);
            Frame frame = new Frame();
            Events events = new Events(frame);
            RfbInput in = new RfbInput(bytes, 0, bytes.length);
            try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH, round % 2 == 0);
                    ServerReader reader = new ServerReader(in, PixelFormat.BERTH, frame, events, decoders)) {
                while (in.available() > 0) {
                    reader.message();
                }
                ended++;
            } catch (IOException | TooLarge expected) {
                // That is all that may happen.
            }
            events.checkGuard();
        }
        assertThat(ended)
                .as("some of it must get through, or nothing was tried")
                .isPositive();
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0x7f);
                default -> {
                    int length = Math.min(random.nextInt(8), bytes.length - at);
                    int from = random.nextInt(bytes.length - length + 1);
                    System.arraycopy(bytes, from, bytes, at, length);
                }
            }
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private static byte[][] seeds() throws IOException {
        int[] encodings = {0, 1, 2, 4, 5, 6, 7, 16, -223, -224, -232, -239, -240, -261, -307, -308, -314, -258};
        byte[][] seeds = new byte[encodings.length * 4 + 3][];
        Random random = new Random(5);
        int n = 0;
        for (int encoding : encodings) {
            for (int form = 0; form < 4; form++) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(bytes);
                out.write(new byte[] {0, 0, 0, 2});
                for (int i = 0; i < 2; i++) {
                    out.writeShort(random.nextInt(8));
                    out.writeShort(random.nextInt(8));
                    out.writeShort(66);
                    out.writeShort(18);
                    out.writeInt(encoding);
                    out.write(body(encoding, form, random));
                }
                seeds[n++] = bytes.toByteArray();
            }
        }
        seeds[n++] = new byte[] {3, 0, 0, 0, 0, 0, 0, 2, 'h', 'i', 2, (byte) 150};
        seeds[n++] = new byte[] {3, 0, 0, 0, -1, -1, -1, -6, 8, 0, 0, 1, 9, 9, 2};
        seeds[n] =
                new byte[] {(byte) 248, 0, 0, 0, (byte) 128, 0, 0, 1, 4, 1, 2, 3, 4, 1, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6
                };
        return seeds;
    }

    private static byte[] body(int encoding, int form, Random random) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] noise = new byte[66 * 18 * 4];
        random.nextBytes(noise);
        switch (encoding) {
            case 0 -> out.write(noise);
            case 1 -> out.write(noise, 0, 4);
            case 2 -> {
                out.writeInt(1);
                out.write(new byte[] {1, 2, 3, 0, 4, 5, 6, 0, 0, 1, 0, 2, 0, 3, 0, 4});
            }
            case 5 -> {
                for (int tile = 0; tile < 10; tile++) {
                    out.write(new byte[] {(byte) (form == 0 ? 26 : 2), 9, 9, 9, 0});
                    if (form == 0) {
                        out.write(new byte[] {1, 7, 7, 7, 0, 0, 0});
                    }
                }
            }
            case 6 -> length(out, pack(noise, noise.length));
            case 16 -> {
                byte[] tiles = noise.clone();
                tiles[0] = (byte) new int[] {0, 1, 5, 128}[form];
                length(out, pack(tiles, 64 * 18 * 3 + 2 * 18 * 3 + 2));
            }
            case 7 -> {
                byte[] packed = pack(noise, form == 1 ? 66 * 18 : 66 * 18 * 3);
                out.write(
                        form == 3
                                ? new byte[] {(byte) 0x80, 1, 2, 3}
                                : form == 2
                                        ? new byte[] {0x4f, 2}
                                        : form == 1
                                                ? new byte[] {0x4f, 1, 2, 1, 1, 1, 2, 2, 2, 3, 3, 3}
                                                : new byte[] {0x0f});
                if (form != 3) {
                    out.write(packed.length & 0x7f | 0x80);
                    out.write(packed.length >> 7 & 0x7f | 0x80);
                    out.write(packed.length >> 14);
                    out.write(packed);
                }
            }
            case -239, -314, -240 -> {
                out.writeInt(0);
                out.write(noise);
            }
            case -308 -> {
                out.writeInt(1 << 24);
                out.write(noise, 0, 16);
            }
            case -307 -> {
                out.writeInt(4);
                out.write(noise, 0, 4);
            }
            default -> out.write(noise, 0, 1);
        }
        return bytes.toByteArray();
    }

    private static void length(DataOutputStream out, byte[] packed) throws IOException {
        out.writeInt(packed.length);
        out.write(packed);
    }

    private static byte[] pack(byte[] plain, int length) {
        Deflater deflater = new Deflater(1);
        try {
            deflater.setInput(plain, 0, Math.min(length, plain.length));
            byte[] packed = new byte[2 * plain.length + 64];
            int n = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(packed, n);
        } finally {
            deflater.end();
        }
    }
}
