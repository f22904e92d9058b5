/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes a tagged structure: each value behind a byte that names its type. */
final class TagWriter {

    private byte[] bytes = new byte[256];
    private int size;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    TagWriter u32(long value) {
        raw('L');
        return raw32(value);
    }

    TagWriter u8(int value) {
        raw('B');
        raw(value);
        return this;
    }

    TagWriter bool(boolean value) {
        raw(value ? '1' : '0');
        return this;
    }

    /** Several booleans in a row, all false. */
    TagWriter no(int times) {
        for (int i = 0; i < times; i++) {
            bool(false);
        }
        return this;
    }

    TagWriter string(String value) {
        raw('t');
        return cstring(value);
    }

    /** A name; the null string if it is empty, which leaves the choice to the server. */
    TagWriter nameOrNone(String value) {
        return value.isEmpty() ? noString() : string(value);
    }

    TagWriter noString() {
        raw('N');
        return this;
    }

    TagWriter arbitrary(byte[] value) {
        raw('x');
        raw32(value.length);
        for (byte b : value) {
            raw(b);
        }
        return this;
    }

    /** Berth's one format: 16 bits, stereo, 48 kHz. */
    TagWriter sampleSpec() {
        return sampleSpec(PcmFormat.RATE);
    }

    /** The same at another rate. */
    TagWriter sampleSpec(int rate) {
        raw('a');
        raw(PcmFormat.S16LE);
        raw(PcmFormat.CHANNELS);
        return raw32(rate);
    }

    TagWriter channelMap() {
        raw('m');
        raw(PcmFormat.CHANNELS);
        raw(1);
        raw(2);
        return this;
    }

    /** The same volume for a number of channels; 0x10000 is unchanged. */
    TagWriter volume(int channels, long value) {
        raw('v');
        raw(channels);
        for (int i = 0; i < channels; i++) {
            raw32(value);
        }
        return this;
    }

    TagWriter properties(Map<String, String> properties) {
        raw('P');
        properties.forEach((key, value) -> {
            byte[] data = (value + "\0").getBytes(StandardCharsets.UTF_8);
            string(key);
            u32(data.length);
            arbitrary(data);
        });
        return noString();
    }

    private TagWriter cstring(String value) {
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b == 0) {
                throw new IllegalArgumentException("a zero byte in a name");
            }
            raw(b);
        }
        raw(0);
        return this;
    }

    private TagWriter raw32(long value) {
        raw((int) (value >>> 24));
        raw((int) (value >>> 16));
        raw((int) (value >>> 8));
        raw((int) value);
        return this;
    }

    private void raw(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }
}
