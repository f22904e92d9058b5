/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for one operation. All of it stays where it is until {@link #close}, which frees it at once: structures hold
 * pointers into it that no garbage collector sees. For one thread.
 */
final class Keep implements AutoCloseable {

    private final List<Memory> blocks = new ArrayList<>();

    /** Memory filled with zeros. */
    Memory zeroed(long bytes) {
        Memory memory = new Memory(bytes);
        memory.clear();
        blocks.add(memory);
        return memory;
    }

    /** A text in UTF-8 with its zero. */
    Memory utf8(String text) {
        return text(text, StandardCharsets.UTF_8, 1);
    }

    /** A text in UTF-16, little-endian, with its zero. Not by JNA, whose wide characters have four bytes on Linux. */
    Memory wide(String text) {
        return text(text, StandardCharsets.UTF_16LE, 2);
    }

    private Memory text(String text, Charset charset, int zeros) {
        if (text.indexOf(0) >= 0) {
            throw new IllegalArgumentException("a text for WSL cannot hold a zero character");
        }
        byte[] bytes = text.getBytes(charset);
        Memory memory = zeroed(bytes.length + (long) zeros);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    /** An array of pointers to texts in UTF-8; {@code null} for none. */
    @Nullable
    Pointer texts(List<String> all) {
        if (all.isEmpty()) {
            return null;
        }
        Memory array = zeroed(8L * all.size());
        for (int i = 0; i < all.size(); i++) {
            array.setPointer(8L * i, utf8(all.get(i)));
        }
        return array;
    }

    /** A text in UTF-16 up to its zero, of at most so many characters. */
    static String readWide(Pointer text) {
        int most = 32_767;
        StringBuilder read = new StringBuilder();
        for (int i = 0; i < most; i++) {
            char c = text.getChar(2L * i);
            if (c == 0) {
                break;
            }
            read.append(c);
        }
        return read.toString();
    }

    @Override
    public void close() {
        try {
            blocks.forEach(Memory::close);
            blocks.clear();
        } finally {
            Reference.reachabilityFence(this);
        }
    }
}
