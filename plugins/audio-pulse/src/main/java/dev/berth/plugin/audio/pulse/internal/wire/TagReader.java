/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a tagged structure that a server wrote, which may be hostile: nothing is believed before it is checked. */
final class TagReader {

    private static final int MAX_PROPERTIES = 512;
    private static final int MAX_CHANNELS = 32;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;

    /** Begins to read the first {@code length} bytes of {@code bytes}, which stay the caller's. */
    TagReader over(byte[] bytes, int length) {
        this.bytes = bytes;
        at = 0;
        end = length;
        return this;
    }

    boolean more() {
        return at < end;
    }

    int remaining() {
        return end - at;
    }

    byte[] rest() {
        byte[] copy = new byte[end - at];
        System.arraycopy(bytes, at, copy, 0, copy.length);
        return copy;
    }

    long u32() throws ProtocolException {
        expect('L');
        return raw32();
    }

    int u8() throws ProtocolException {
        expect('B');
        return raw();
    }

    boolean bool() throws ProtocolException {
        int type = raw();
        if (type != '0' && type != '1') {
            throw unexpected(type, '1');
        }
        return type == '1';
    }

    /** A string; empty for the null string. */
    String string() throws ProtocolException {
        int type = raw();
        if (type == 'N') {
            return "";
        }
        if (type != 't') {
            throw unexpected(type, 't');
        }
        return cstring();
    }

    void sampleSpec() throws ProtocolException {
        expect('a');
        need(6);
        at += 6;
    }

    void channelMap() throws ProtocolException {
        expect('m');
        int channels = channels();
        need(channels);
        at += channels;
    }

    /** The loudest of the channels, and how many there are. */
    ChannelVolume volume() throws ProtocolException {
        expect('v');
        int channels = channels();
        long loudest = 0;
        for (int i = 0; i < channels; i++) {
            loudest = Math.max(loudest, raw32());
        }
        return new ChannelVolume(channels, loudest);
    }

    Map<String, String> properties() throws ProtocolException {
        expect('P');
        Map<String, String> properties = new LinkedHashMap<>();
        while (true) {
            int type = raw();
            if (type == 'N') {
                return properties;
            }
            if (type != 't') {
                throw unexpected(type, 't');
            }
            String key = cstring();
            long length = u32();
            expect('x');
            if (raw32() != length || length > remaining() || properties.size() == MAX_PROPERTIES) {
                throw new ProtocolException("a property of " + length + " bytes where " + remaining() + " are left");
            }
            int size = (int) length;
            properties.put(key, new String(bytes, at, Math.max(0, size - 1), StandardCharsets.UTF_8));
            at += size;
        }
    }

    /** Passes over values of any type. */
    void skip(int count) throws ProtocolException {
        for (int i = 0; i < count; i++) {
            need(1);
            int type = bytes[at] & 0xff;
            switch (type) {
                case 't', 'N' -> string();
                case 'L', 'V' -> skipBytes(5);
                case 'B' -> skipBytes(2);
                case 'U', 'R', 'r', 'T' -> skipBytes(9);
                case '0', '1' -> bool();
                case 'a' -> sampleSpec();
                case 'm' -> channelMap();
                case 'v' -> volume();
                case 'P' -> properties();
                case 'f' -> {
                    skipBytes(1);
                    u8();
                    properties();
                }
                default -> throw unexpected(type, '?');
            }
        }
    }

    private void skipBytes(int count) throws ProtocolException {
        need(count);
        at += count;
    }

    private int channels() throws ProtocolException {
        int channels = raw();
        if (channels > MAX_CHANNELS) {
            throw new ProtocolException(channels + " channels");
        }
        return channels;
    }

    private String cstring() throws ProtocolException {
        int start = at;
        while (raw() != 0) {
            // On to the zero byte, or to the end, which throws.
        }
        return new String(bytes, start, at - 1 - start, StandardCharsets.UTF_8);
    }

    private void expect(int type) throws ProtocolException {
        int found = raw();
        if (found != type) {
            throw unexpected(found, type);
        }
    }

    private static ProtocolException unexpected(int found, int type) {
        return new ProtocolException("a value of type " + found + " instead of " + (char) type);
    }

    private long raw32() throws ProtocolException {
        need(4);
        long value = (bytes[at] & 0xffL) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
        at += 4;
        return value;
    }

    private int raw() throws ProtocolException {
        need(1);
        return bytes[at++] & 0xff;
    }

    private void need(int count) throws ProtocolException {
        if (end - at < count) {
            throw new ProtocolException("a message ends too early");
        }
    }

    /** Volumes of a stream. */
    record ChannelVolume(int channels, long loudest) {}
}
