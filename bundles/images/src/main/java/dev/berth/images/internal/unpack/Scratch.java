/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A small piece of native memory for the arguments of one call after another. Not thread-safe. */
final class Scratch {

    private final ByteBuffer memory;
    private final long address;

    Scratch(int size) {
        memory = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        address = address(memory);
    }

    /** Where a direct buffer begins, regardless of its position. */
    static long address(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    /** A NUL-terminated copy of a name with one byte in each character. Only one at a time. */
    long string(String raw) {
        int length = raw.length();
        if (length >= memory.capacity()) {
            throw new IllegalArgumentException("name too long");
        }
        for (int i = 0; i < length; i++) {
            memory.put(i, (byte) raw.charAt(i));
        }
        memory.put(length, (byte) 0);
        return address;
    }

    long bytes(byte[] value) {
        memory.put(0, value);
        return address;
    }

    /** Two timespecs: access and modification time. */
    long times(long seconds, int nanos) {
        for (int i = 0; i < 2; i++) {
            memory.putLong(i * 16, seconds);
            memory.putLong(i * 16 + 8, nanos);
        }
        return address;
    }

    long buffer() {
        return address;
    }

    int size() {
        return memory.capacity();
    }

    String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (memory.get(i) & 0xff));
        }
        return text.toString();
    }
}
