/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes streams of requests that are nearly what a client sent: the same for the same seed. */
final class Mutator {

    private static final int HEADER = 7;
    private static final int[] NUMBERS = {0, 1, -1, 7, 0xff, 0xffff, 0x10000, 1 << 20, 1 << 30, Integer.MIN_VALUE};
    private static final String[] NAMES = {"..", ".", "", "/", "out", "../outside/secret", "/etc/passwd", "a\0b"};

    private final Random random;
    private final List<List<byte[]>> seeds;

    /** @param seeds streams of whole messages, each beginning with Tversion and Tattach */
    Mutator(long seed, List<byte[]> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds.stream().map(Mutator::messages).toList();
    }

    private static List<byte[]> messages(byte[] stream) {
        ByteBuffer in = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> all = new ArrayList<>();
        while (in.remaining() >= HEADER) {
            byte[] message = new byte[in.getInt(in.position())];
            in.get(message);
            all.add(message);
        }
        return all;
    }

    byte[] stream() {
        List<byte[]> messages = new ArrayList<>(any(seeds));
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            // The first two begin the session: without them nothing else is listened to.
            int at = random.nextInt(8) == 0 ? random.nextInt(2) : 2 + random.nextInt(messages.size() - 2);
            switch (random.nextInt(9)) {
                case 0 -> messages.remove(at);
                case 1 -> messages.add(at, messages.get(random.nextInt(messages.size())));
                case 2 -> messages.add(at, any(any(seeds)));
                case 3 -> messages.set(at, flipped(messages.get(at)));
                case 4 -> messages.set(at, withNumber(messages.get(at)));
                case 5 -> messages.set(at, resized(messages.get(at)));
                case 6 -> messages.set(at, otherType(messages.get(at)));
                case 7 -> messages.add(at, walk());
                default -> messages.set(at, lying(messages.get(at)));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        messages.forEach(out::writeBytes);
        byte[] all = out.toByteArray();
        return random.nextInt(10) == 0 ? Arrays.copyOf(all, random.nextInt(all.length)) : all;
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private byte[] flipped(byte[] message) {
        byte[] changed = message.clone();
        changed[4 + random.nextInt(changed.length - 4)] ^= (byte) (1 << random.nextInt(8));
        return changed;
    }

    private byte[] withNumber(byte[] message) {
        byte[] changed = message.clone();
        if (changed.length >= HEADER + 4) {
            int at = HEADER + random.nextInt(changed.length - HEADER - 3);
            ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(at, NUMBERS[random.nextInt(NUMBERS.length)]);
        }
        return changed;
    }

    /** Longer or shorter, and says so. */
    private byte[] resized(byte[] message) {
        byte[] changed = Arrays.copyOf(message, HEADER + random.nextInt(message.length + 20));
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(0, changed.length);
        return changed;
    }

    /** Says that it is longer or shorter. */
    private byte[] lying(byte[] message) {
        byte[] changed = message.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(0, random.nextInt(message.length * 2));
        return changed;
    }

    private byte[] otherType(byte[] message) {
        byte[] changed = message.clone();
        changed[4] = (byte) random.nextInt(128);
        return changed;
    }

    private byte[] walk() {
        byte[] name = NAMES[random.nextInt(NAMES.length)].getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER + 12 + name.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(HEADER + 12 + name.length)
                .put((byte) 110)
                .putShort((short) 1)
                .putInt(random.nextInt(8))
                .putInt(random.nextInt(8))
                .putShort((short) 1)
                .putShort((short) name.length)
                .put(name)
                .array();
    }
}
