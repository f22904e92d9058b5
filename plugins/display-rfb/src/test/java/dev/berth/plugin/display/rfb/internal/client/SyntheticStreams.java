/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/** Messages of each kind that are nearly right, in Berth's own pixel format: where mutations begin. */
final class SyntheticStreams {

    private SyntheticStreams() {}

    /** Each begins with ServerInit. */
    static byte[][] all() throws IOException {
        byte[][] messages = seeds();
        byte[] init = ScriptedServer.init(HostileStream.SIDE, HostileStream.SIDE);
        for (int i = 0; i < messages.length; i++) {
            byte[] whole = Arrays.copyOf(init, init.length + messages[i].length);
            System.arraycopy(messages[i], 0, whole, init.length, messages[i].length);
            messages[i] = whole;
        }
        return messages;
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
