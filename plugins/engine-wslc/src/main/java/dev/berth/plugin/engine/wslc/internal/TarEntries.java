/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a tar archive (POSIX ustar and pax) that an engine sent, entry by entry, and keeps the headers as they are,
 * so that entries can be passed on unchanged.
 */
public final class TarEntries {

    public static final int BLOCK = 512;
    private static final int MOST_EXTENSION_BYTES = 1 << 20;

    private final InputStream in;
    private long left;
    private long padding;

    /** Over an archive that is read once. */
    public TarEntries(InputStream in) {
        this.in = in;
    }

    /**
     * An entry.
     *
     * @param name without {@code ./} before it and a slash behind; one character a byte
     * @param headers all blocks that stand before its content
     */
    public record Entry(String name, char type, long size, byte[] headers) {

        /** The target of a hard link, in the form of {@link #name}. */
        public String link() {
            return linkOf(headers);
        }

        /** The extended attributes among its headers. */
        public byte[] attributes() {
            return attributesOf(headers);
        }

        /**
         * The same file under another name, or a link to it.
         *
         * @param link the name that it links to; empty for the file itself
         */
        public Entry renamed(String other, String link) {
            byte[] block = Arrays.copyOfRange(headers, headers.length - BLOCK, headers.length);
            Arrays.fill(block, 0, 100, (byte) 0);
            Arrays.fill(block, 157, 257, (byte) 0);
            Arrays.fill(block, 345, 500, (byte) 0);
            if (!link.isEmpty()) {
                block[156] = '1';
                put(block, 124, 12, "00000000000\0");
            }
            StringBuilder records =
                    new StringBuilder(link.isEmpty() ? new String(attributes(), StandardCharsets.ISO_8859_1) : "");
            nameInto(block, 0, other, "path", records);
            nameInto(block, 157, link, "linkpath", records);
            sum(block);
            byte[] body = records.toString().getBytes(StandardCharsets.ISO_8859_1);
            byte[] all = body.length == 0 ? block : Arrays.copyOf(extension(body), extension(body).length + BLOCK);
            System.arraycopy(block, 0, all, all.length - BLOCK, BLOCK);
            return new Entry(other, link.isEmpty() ? type : '1', link.isEmpty() ? size : 0, all);
        }
    }

    /** The next entry, or {@code null} at the end; what was not read of the last one is skipped. */
    public @Nullable Entry next() throws IOException {
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
    public InputStream content() {
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
    public static void copy(Entry entry, InputStream content, OutputStream out) throws IOException {
        out.write(entry.headers());
        content.transferTo(out);
        out.write(new byte[(int) (padded(entry.size()) - entry.size())]);
    }

    /** Writes a plain file or, when {@code content} is {@code null}, a folder, of root. The name must be short. */
    public static void write(OutputStream out, String name, int mode, byte @Nullable [] content) throws IOException {
        byte[] header = new byte[BLOCK];
        int size = content == null ? 0 : content.length;
        header(header, content == null ? name + "/" : name, size, mode, content == null ? '5' : '0');
        out.write(header);
        if (content != null) {
            out.write(content);
            out.write(new byte[(int) (padded(size) - size)]);
        }
    }

    /** Writes an empty file of root whose name may be long. */
    public static void writeEmpty(OutputStream out, String name) throws IOException {
        byte[] block = new byte[BLOCK];
        header(block, "", 0, 0644, '0');
        out.write(new Entry("", '0', 0, block).renamed(name, "").headers());
    }

    /** A name in its field, or else in a record. */
    private static void nameInto(byte[] block, int offset, String name, String key, StringBuilder records) {
        if (name.length() <= 100) {
            put(block, offset, 100, name);
        } else {
            String rest = " " + key + "=" + name + "\n";
            int length = rest.length() + 1;
            while (String.valueOf(length).length() + rest.length() != length) {
                length = String.valueOf(length).length() + rest.length();
            }
            records.append(length).append(rest);
        }
    }

    private static byte[] extension(byte[] body) {
        byte[] all = new byte[BLOCK + (int) padded(body.length)];
        byte[] block = new byte[BLOCK];
        header(block, "berth", body.length, 0644, 'x');
        System.arraycopy(block, 0, all, 0, BLOCK);
        System.arraycopy(body, 0, all, BLOCK, body.length);
        return all;
    }

    /** Writes the end of an archive. */
    public static void end(OutputStream out) throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    private static void header(byte[] header, String name, int size, int mode, char type) {
        put(header, 0, 100, name);
        put(header, 100, 8, String.format("%07o", mode));
        put(header, 108, 8, "0000000");
        put(header, 116, 8, "0000000");
        put(header, 124, 12, String.format("%011o", size));
        put(header, 136, 12, "00000000000");
        header[156] = (byte) type;
        put(header, 257, 8, "ustar\00000");
        sum(header);
    }

    private static void sum(byte[] header) {
        put(header, 148, 8, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, 8, String.format("%06o\0 ", sum));
    }

    private static byte[] attributesOf(byte[] headers) {
        StringBuilder found = new StringBuilder();
        for (int at = 0; at + BLOCK <= headers.length; ) {
            char type = (char) (headers[at + 156] & 0xff);
            int size = 0;
            if (type == 'x' || type == 'L' || type == 'K' || type == 'g') {
                try {
                    size = (int) number(headers, at + 124, 12);
                } catch (IOException e) {
                    throw new IllegalStateException("headers that were read before cannot be read", e);
                }
            }
            if (type == 'x') {
                attributes(headers, at + BLOCK, at + BLOCK + size, found);
            }
            at += BLOCK + (int) padded(size);
        }
        return found.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void attributes(byte[] headers, int from, int to, StringBuilder found) {
        int at = from;
        while (at < to) {
            String digits = text(headers, at, Math.min(8, to - at)).replaceFirst(" .*", "");
            int length = digits.matches("[0-9]{1,7}") ? Integer.parseInt(digits) : 0;
            if (length <= digits.length() || at + length > to) {
                return;
            }
            String record = new String(headers, at, length, StandardCharsets.ISO_8859_1);
            if (record.startsWith("SCHILY.xattr.", digits.length() + 1)) {
                found.append(record);
            }
            at += length;
        }
    }

    private static void put(byte[] header, int offset, int length, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > length) {
            throw new IllegalArgumentException("too long for a tar header: " + value);
        }
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private static String linkOf(byte[] headers) {
        String link = "";
        for (int at = 0; at + BLOCK <= headers.length; ) {
            char type = (char) (headers[at + 156] & 0xff);
            if (type != 'x' && type != 'g' && type != 'L' && type != 'K') {
                return stripped(link.isEmpty() ? text(headers, at + 157, 100) : link);
            }
            try {
                int size = (int) number(headers, at + 124, 12);
                byte[] body = Arrays.copyOfRange(headers, at + BLOCK, at + BLOCK + size);
                if (type == 'x') {
                    String path = record(body, size, "linkpath");
                    link = path.isEmpty() ? link : path;
                } else if (type == 'K') {
                    link = text(body, 0, size);
                }
                at += BLOCK + (int) padded(size);
            } catch (IOException e) {
                throw new IllegalStateException("headers that were read before cannot be read", e);
            }
        }
        return link;
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
