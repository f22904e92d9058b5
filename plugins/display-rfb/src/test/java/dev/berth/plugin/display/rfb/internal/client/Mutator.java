/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Breaks streams of bytes, the same way each time it is given the same seed. */
final class Mutator {

    private static final int[] TELLING = {
        0, 1, -1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0x7ffffff0
    };

    private final List<byte[]> seeds;
    private final Random random;

    Mutator(List<byte[]> seeds, long seed) {
        this.seeds = List.copyOf(seeds);
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
        for (int changes = random.nextInt(6); changes > 0 && bytes.length > 0; changes--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        // Heads and lengths stand early; what follows is pixels mostly.
        int at = random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 100) : bytes.length);
        switch (random.nextInt(8)) {
            case 0 -> bytes[at] = (byte) random.nextInt(256);
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes[at] = (byte) TELLING[random.nextInt(6)];
            case 3 -> number(bytes, at, 2);
            case 4 -> number(bytes, at, 4);
            case 5 -> {
                int length = Math.min(random.nextInt(16), bytes.length - at);
                int from = random.nextInt(bytes.length - length + 1);
                System.arraycopy(bytes, from, bytes, at, length);
            }
            case 6 -> {
                // Goes on with a part of another stream.
                byte[] other = seeds.get(random.nextInt(seeds.size()));
                int from = random.nextInt(other.length + 1);
                byte[] joined = Arrays.copyOf(bytes, at + other.length - from);
                System.arraycopy(other, from, joined, at, other.length - from);
                return joined;
            }
            default -> {
                return random.nextInt(3) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            }
        }
        return bytes;
    }

    private void number(byte[] bytes, int at, int size) {
        int value = TELLING[random.nextInt(TELLING.length)] + random.nextInt(3) - 1;
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >> 8 * (size - 1 - i));
        }
    }
}
