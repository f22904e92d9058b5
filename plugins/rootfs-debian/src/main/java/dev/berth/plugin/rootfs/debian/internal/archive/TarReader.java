/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tar archives inside packages: ustar, GNU long names, PAX (POSIX.1-2001 pax, "ustar Interchange Format"; GNU
 * tar manual, "Basic Tar Format"). What a package has no reason to contain is refused, not skipped.
 */
public final class TarReader {

    private static final int BLOCK = 512;
    private static final int MAX_EXTENSION = 1 << 20;
    private static final int MAX_PATH = 4096;
    private static final int MAX_NAME = 255;

    private final InputStream in;
    private final long maxEntries;
    private final long maxBytes;
    private final byte[] header = new byte[BLOCK];
    private long entries;
    private long bytes;
    private long left;
    private int padding;

    /**
     * @param maxEntries how many entries are read before the archive is refused
     * @param maxBytes how many bytes of content are read before it is
     */
    public TarReader(InputStream in, long maxEntries, long maxBytes) {
        this.in = in;
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    /** The next entry, after skipping what is left of this one; null at the end. */
    public @Nullable TarEntry next() throws IOException {
        skip(left);
        skip(padding);
        left = 0;
        padding = 0;
        Map<String, String> extended = new HashMap<>();
        while (readHeader()) {
            long size = number(124, 12);
            char type = (char) (header[156] & 0xff);
            switch (type) {
                case 'x' -> parsePax(extension(size), extended);
                case 'g' -> extension(size);
                case 'L' -> extended.put("path", cString(extension(size)));
                case 'K' -> extended.put("linkpath", cString(extension(size)));
                default -> {
                    return entry(type, size, extended);
                }
            }
        }
        return null;
    }

    /** Reads content of the current entry; -1 at its end. */
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int n = in.read(buffer, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException("tar archive ends within an entry");
        }
        left -= n;
        return n;
    }

    /** The whole content of a small entry, the current one. */
    public byte[] content(TarEntry entry) throws IOException {
        byte[] content = new byte[Math.toIntExact(entry.sizeBytes())];
        int at = 0;
        while (at < content.length) {
            int n = read(content, at, content.length - at);
            if (n < 0) {
                throw new EOFException("content ends too early");
            }
            at += n;
        }
        return content;
    }

    private TarEntry entry(char type, long headerSize, Map<String, String> extended) throws IOException {
        TarEntry.Kind kind = switch (type) {
            case '0', '7', '\0' -> TarEntry.Kind.FILE;
            case '1' -> TarEntry.Kind.HARDLINK;
            case '2' -> TarEntry.Kind.SYMLINK;
            case '5' -> TarEntry.Kind.DIRECTORY;
            case '3', '4' -> throw new ArchiveException("a device node: " + name(extended));
            default -> throw new ArchiveException("an entry of type '" + type + "': " + name(extended));
        };
        long size = extended.containsKey("size") ? decimal(extended.get("size")) : headerSize;
        if (kind != TarEntry.Kind.FILE) {
            if (size != 0 && kind != TarEntry.Kind.HARDLINK) {
                throw new ArchiveException("content where none can be: " + name(extended));
            }
            size = 0;
        }
        count();
        bytes += size;
        if (bytes > maxBytes) {
            throw new ArchiveException("more than " + maxBytes + " bytes");
        }
        left = size;
        padding = (int) (-size & BLOCK - 1);
        String link = extended.containsKey("linkpath") ? extended.get("linkpath") : text(157, 100);
        if (kind == TarEntry.Kind.HARDLINK) {
            link = clean(link);
        } else if (kind == TarEntry.Kind.SYMLINK) {
            if (link.isEmpty() || link.length() > MAX_PATH || link.indexOf('\0') >= 0) {
                throw new ArchiveException("a bad symbolic link: " + name(extended));
            }
        } else {
            link = "";
        }
        long mtime = number(136, 12);
        return new TarEntry(
                kind,
                clean(name(extended)),
                link,
                (int) number(100, 8) & 07777,
                id(extended.get("uid"), number(108, 8)),
                id(extended.get("gid"), number(116, 8)),
                mtime,
                size);
    }

    private static int id(@Nullable String extended, long header) throws ArchiveException {
        long id = extended == null ? header : decimal(extended);
        if (id < 0 || id > 0x7fffffff) {
            throw new ArchiveException("an owner out of range: " + id);
        }
        return (int) id;
    }

    private String name(Map<String, String> extended) {
        String path = extended.get("path");
        if (path != null) {
            return path;
        }
        String name = text(0, 100);
        boolean posix = header[257] == 'u' && header[258] == 's' && header[259] == 't' && header[262] == 0;
        String prefix = posix ? text(345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** A path without ornaments; refused if it could lead out of the tree. */
    static String clean(String raw) throws ArchiveException {
        if (raw.length() > MAX_PATH) {
            throw new ArchiveException("a path of more than " + MAX_PATH + " characters");
        }
        if (raw.startsWith("/")) {
            throw new ArchiveException("an absolute path: " + raw);
        }
        StringBuilder path = new StringBuilder(raw.length());
        for (String part : raw.split("/")) {
            if (part.equals("..")) {
                throw new ArchiveException("a path that leads out of the tree: " + raw);
            }
            if (part.length() > MAX_NAME || part.indexOf('\0') >= 0 || part.indexOf('\n') >= 0) {
                throw new ArchiveException("a malformed path: " + raw.replace('\n', '?'));
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path.append(path.length() == 0 ? "" : "/").append(part);
            }
        }
        return path.toString();
    }

    private boolean readHeader() throws IOException {
        int n = in.readNBytes(header, 0, BLOCK);
        if (n == 0) {
            return false;
        }
        if (n < BLOCK) {
            throw new EOFException("tar archive ends within a header");
        }
        long sum = 0;
        boolean empty = true;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
            empty &= header[i] == 0;
        }
        if (empty) {
            return false;
        }
        if (sum != number(148, 8)) {
            throw new ArchiveException("a tar header with a wrong checksum");
        }
        return true;
    }

    private void count() throws ArchiveException {
        if (++entries > maxEntries) {
            throw new ArchiveException("more than " + maxEntries + " entries");
        }
    }

    private byte[] extension(long size) throws IOException {
        count();
        if (size < 0 || size > MAX_EXTENSION) {
            throw new ArchiveException("an extended header of " + size + " bytes");
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new EOFException("tar archive ends within an extended header");
        }
        skip(-size & BLOCK - 1);
        return content;
    }

    private static void parsePax(byte[] content, Map<String, String> into) throws ArchiveException {
        int at = 0;
        while (at < content.length) {
            int space = at;
            while (space < content.length && content[space] != ' ') {
                space++;
            }
            long length = decimal(new String(content, at, space - at, StandardCharsets.US_ASCII));
            if (space == content.length || length < space - at + 3 || at + length > content.length) {
                throw new ArchiveException("a malformed extended header");
            }
            String record = new String(content, space + 1, (int) length - (space - at) - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals < 0) {
                throw new ArchiveException("a malformed extended header");
            }
            String key = record.substring(0, equals);
            if (key.startsWith("GNU.sparse.")) {
                throw new ArchiveException("a sparse file");
            }
            into.put(key, record.substring(equals + 1));
            at += (int) length;
        }
    }

    private static long decimal(@Nullable String text) throws ArchiveException {
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw new ArchiveException("a malformed number in an extended header");
        }
        return Long.parseLong(text);
    }

    /** Octal digits, or GNU's base 256 when the top bit is set. */
    private long number(int from, int length) throws ArchiveException {
        if ((header[from] & 0x80) != 0) {
            long value = header[from] & 0x7f;
            for (int i = 1; i < length; i++) {
                if (value >> 54 != 0) {
                    throw new ArchiveException("a number out of range in a tar header");
                }
                value = value << 8 | header[from + i] & 0xff;
            }
            return value;
        }
        long value = 0;
        boolean started = false;
        for (int i = from; i < from + length; i++) {
            byte c = header[i];
            if (c >= '0' && c <= '7') {
                value = value << 3 | c - '0';
                started = true;
            } else if (c == 0 || c == ' ') {
                if (started) {
                    break;
                }
            } else {
                throw new ArchiveException("a malformed number in a tar header");
            }
        }
        return value;
    }

    private String text(int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8);
    }

    private static String cString(byte[] content) {
        int end = 0;
        while (end < content.length && content[end] != 0) {
            end++;
        }
        return new String(content, 0, end, StandardCharsets.UTF_8);
    }

    private void skip(long count) throws IOException {
        in.skipNBytes(count);
    }
}
