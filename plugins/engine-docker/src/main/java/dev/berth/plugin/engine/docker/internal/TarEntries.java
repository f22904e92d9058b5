/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a tar archive (POSIX ustar and pax) that an engine sent, entry by entry, and keeps the headers as they are,
 * so that entries can be passed on unchanged.
 */
final class TarEntries {

    static final int BLOCK = 512;
    private static final int MOST_EXTENSION_BYTES = 1 << 20;

    private final InputStream in;
    private long left;
    private long padding;

    TarEntries(InputStream in) {
        this.in = in;
    }

    /**
     * An entry.
     *
     * @param name without {@code ./} before it and a slash behind; one character a byte
     * @param headers all blocks that stand before its content
     */
    record Entry(String name, char type, long size, byte[] headers) {}

    /** The next entry, or {@code null} at the end; what was not read of the last one is skipped. */
    @Nullable
    Entry next() throws IOException {
        skipContent();
        byte[] headers = new byte[0];
        String longName = "";
        long longSize = -1;
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK) {
                if (header.length > 0 || headers.length > 0) {
                    throw new EOFException("the archive ends too early");
                }
                return null;
            }
            if (isZero(header)) {
                // What follows the end is of no interest, but the sender wants to be rid of it.
                in.transferTo(OutputStream.nullOutputStream());
                return null;
            }
            long size = number(header, 124, 12);
            char type = header[156] == 0 ? '0' : (char) (header[156] & 0xff);
            headers = joined(headers, header);
            if (type == 'x' || type == 'g' || type == 'L' || type == 'K') {
                if (size < 0 || size > MOST_EXTENSION_BYTES) {
                    throw new IOException("a header of " + size + " bytes in the archive");
                }
                byte[] body = in.readNBytes((int) padded(size));
                headers = joined(headers, body);
                if (body.length < size) {
                    throw new EOFException("the archive ends too early");
                }
                if (type == 'x') {
                    String path = record(body, (int) size, "path");
                    longName = path.isEmpty() ? longName : path;
                    String bytes = record(body, (int) size, "size");
                    longSize = bytes.matches("[0-9]{1,18}") ? Long.parseLong(bytes) : longSize;
                } else if (type == 'L') {
                    longName = text(body, 0, (int) size);
                }
                continue;
            }
            size = longSize >= 0 ? longSize : size;
            if (size < 0) {
                throw new IOException("an entry of negative size in the archive");
            }
            // Links and folders have no content, whatever they say.
            left = type == '0' || type == '7' || type == 'S' ? size : 0;
            padding = padded(left) - left;
            return new Entry(stripped(longName.isEmpty() ? ustarName(header) : longName), type, left, headers);
        }
    }

    /** The content of the entry that was last returned; ends with it. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (length == 0 || left == 0) {
                    return length == 0 ? 0 : -1;
                }
                int n = in.read(buffer, offset, (int) Math.min(length, left));
                if (n < 0) {
                    throw new EOFException("the archive ends too early");
                }
                left -= n;
                return n;
            }
        };
    }

    private void skipContent() throws IOException {
        content().transferTo(OutputStream.nullOutputStream());
        // Read, not skipped: somebody may count or hash what passes.
        in.readNBytes((int) padding);
        padding = 0;
    }

    /** Writes an entry whose content is given by its source; the length must be right. */
    static void copy(Entry entry, InputStream content, OutputStream out) throws IOException {
        out.write(entry.headers());
        content.transferTo(out);
        out.write(new byte[(int) (padded(entry.size()) - entry.size())]);
    }

    /** Writes a plain file or, when {@code content} is {@code null}, a folder, of root. The name must be short. */
    static void write(OutputStream out, String name, int mode, byte @Nullable [] content) throws IOException {
        byte[] header = new byte[BLOCK];
        int size = content == null ? 0 : content.length;
        put(header, 0, 100, content == null ? name + "/" : name);
        put(header, 100, 8, String.format("%07o", mode));
        put(header, 108, 8, "0000000");
        put(header, 116, 8, "0000000");
        put(header, 124, 12, String.format("%011o", size));
        put(header, 136, 12, "00000000000");
        put(header, 148, 8, "        ");
        header[156] = (byte) (content == null ? '5' : '0');
        put(header, 257, 8, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, 8, String.format("%06o\0 ", sum));
        out.write(header);
        if (content != null) {
            out.write(content);
            out.write(new byte[(int) (padded(size) - size)]);
        }
    }

    /** Writes the end of an archive. */
    static void end(OutputStream out) throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private static void put(byte[] header, int offset, int length, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > length) {
            throw new IllegalArgumentException("too long for a tar header: " + value);
        }
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private static String ustarName(byte[] header) {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        boolean ustar = text(header, 257, 5).equals("ustar") && header[262] == 0;
        return prefix.isEmpty() || !ustar ? name : prefix + "/" + name;
    }

    private static String stripped(String path) {
        String rest = path.startsWith("./") ? path.substring(2) : path;
        rest = rest.startsWith("/") ? rest.substring(1) : rest;
        rest = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        return rest.equals(".") ? "" : rest;
    }

    /** The value of a pax record {@code LENGTH KEY=VALUE\n}, or an empty text. */
    private static String record(byte[] body, int size, String key) throws IOException {
        String found = "";
        int at = 0;
        while (at < size) {
            int space = at;
            while (space < size && body[space] != ' ') {
                space++;
            }
            String digits = text(body, at, space - at);
            int length = digits.matches("[0-9]{1,8}") ? Integer.parseInt(digits) : 0;
            if (length <= space - at || at + length > size) {
                throw new IOException("a malformed header in the archive");
            }
            String record = new String(body, space + 1, at + length - space - 2, StandardCharsets.ISO_8859_1);
            if (record.startsWith(key + "=")) {
                found = record.substring(key.length() + 1);
            }
            at += length;
        }
        return found;
    }

    private static long number(byte[] header, int offset, int length) throws IOException {
        if ((header[offset] & 0x80) != 0) {
            long value = header[offset] & 0x7f;
            for (int i = 1; i < length; i++) {
                value = value << 8 | header[offset + i] & 0xff;
            }
            return value;
        }
        String digits = text(header, offset, length).strip();
        if (!digits.matches("[0-7]{0,20}")) {
            throw new IOException("a malformed number in the archive");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[] first, byte[] second) throws IOException {
        if (first.length + second.length > 4 * MOST_EXTENSION_BYTES) {
            throw new IOException("too many headers in the archive");
        }
        byte[] all = new byte[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }
}
