/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive as a stream (POSIX.1-2017, pax, "ustar Interchange Format" and "pax Interchange Format"; GNU tar
 * manual, "Basic Tar Format" and "Storing Sparse Files"). Sizes and names of the format itself are bounded here; what an
 * entry may do to the disk is the caller's business. Not thread-safe.
 */
public final class TarReader {

    private static final int BLOCK = 512;
    private static final int NAME_LIMIT = 64 << 10;
    private static final int SEGMENT_LIMIT = 1 << 20;

    private final ChunkSource source;
    private final byte[] header = new byte[BLOCK];
    private @Nullable ByteBuffer chunk;
    /** Bytes of the current member's data that were not read yet. */
    private long left;
    /** Bytes between the end of the data and the next header. */
    private int padding;

    private @Nullable String longName;
    private @Nullable String longLink;
    private @Nullable PaxHeader pax;

    /** Reads what {@code source} gives. */
    public TarReader(ChunkSource source) {
        this.source = source;
    }

    /**
     * Skips what is left of the current member and reads the next header.
     *
     * @return null at the end of the archive
     * @throws TarException if the archive is malformed
     */
    public @Nullable TarEntry next() throws IOException, InterruptedException {
        longName = null;
        longLink = null;
        pax = null;
        while (true) {
            skip(left);
            skip(padding);
            left = 0;
            padding = 0;
            if (!readHeader()) {
                if (longName != null || longLink != null || pax != null) {
                    throw new TarException("the archive ends after an extended header");
                }
                return null;
            }
            char type = (char) (header[156] & 0xff);
            long size = TarNumbers.size(header, 124, 12);
            switch (type) {
                case 'L' -> longName = longText(size);
                case 'K' -> longLink = longText(size);
                case 'x', 'X' -> pax = PaxHeader.parse(metadata(size, PaxHeader.LIMIT));
                case 'g' -> metadata(size, PaxHeader.LIMIT);
                case 'V' -> begin(size);
                default -> {
                    return entry(type, size);
                }
            }
        }
    }

    /**
     * The next piece of the current member's data; null at its end. Of a sparse file only the parts that are stored, one
     * after the other.
     */
    public @Nullable ByteBuffer data() throws IOException, InterruptedException {
        if (left == 0) {
            return null;
        }
        ByteBuffer buffer = available();
        if (buffer == null) {
            throw truncated();
        }
        int n = (int) Math.min(left, buffer.remaining());
        ByteBuffer piece = buffer.slice(buffer.position(), n);
        buffer.position(buffer.position() + n);
        left -= n;
        return piece;
    }

    private TarEntry entry(char type, long headerSize) throws IOException, InterruptedException {
        PaxHeader extended = pax == null ? PaxHeader.NONE : pax;
        String name = longName != null ? longName : headerName();
        name = extended.text("path", name);
        String link = longLink != null ? longLink : field(157, 100);
        link = extended.text("linkpath", link);
        long size = extended.number("size", headerSize);
        char kind = kind(type, name);
        begin(kind == TarEntry.FILE ? size : 0);

        List<TarEntry.Segment> segments = List.of();
        long realSize = kind == TarEntry.FILE ? size : 0;
        if (type == 'S') {
            segments = oldGnuSparse();
            realSize = TarNumbers.size(header, 483, 12);
        } else if (kind == TarEntry.FILE && extended.sparse()) {
            name = extended.text("GNU.sparse.name", name);
            realSize = extended.number("GNU.sparse.realsize", extended.number("GNU.sparse.size", size));
            segments = extended.sparseMapInData() ? sparseMapFromData() : extended.segments();
        }
        checkSegments(segments, realSize, name);
        return new TarEntry(
                name,
                kind,
                (int) TarNumbers.number(header, 100, 8) & 07777,
                extended.number("uid", TarNumbers.number(header, 108, 8)),
                extended.number("gid", TarNumbers.number(header, 116, 8)),
                realSize,
                link,
                extended.seconds(TarNumbers.signed(header, 136, 12)),
                extended.nanos(),
                deviceNumber(kind, 329),
                deviceNumber(kind, 337),
                extended.xattrs(),
                segments);
    }

    private static char kind(char type, String name) throws TarException {
        return switch (type) {
            case 0, '0', '7', 'S' -> name.endsWith("/") && type != 'S' ? TarEntry.FOLDER : TarEntry.FILE;
            case '1', '2', '3', '4', '5', '6' -> type;
            default ->
                throw new TarException(
                        TarEntry.display(name) + " is of a type that is not known: " + Integer.toHexString(type));
        };
    }

    private long deviceNumber(char kind, int offset) throws TarException {
        return kind == TarEntry.CHARACTER_DEVICE || kind == TarEntry.BLOCK_DEVICE
                ? TarNumbers.number(header, offset, 8)
                : 0;
    }

    private void begin(long size) throws TarException {
        if (size < 0) {
            throw new TarException("a member has a negative size");
        }
        left = size;
        padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    private void checkSegments(List<TarEntry.Segment> segments, long size, String name) throws TarException {
        long at = 0;
        long stored = 0;
        for (TarEntry.Segment segment : segments) {
            if (segment.offset() < at
                    || segment.length() < 0
                    || segment.offset() > size
                    || segment.length() > size - segment.offset()) {
                throw new TarException(TarEntry.display(name) + " has a map of its data that makes no sense");
            }
            at = segment.offset() + segment.length();
            stored += segment.length();
        }
        if (!segments.isEmpty() && stored != left) {
            throw new TarException(TarEntry.display(name) + " holds another amount of data than its map says");
        }
    }

    private String headerName() {
        String name = field(0, 100);
        boolean posix = header[257] == 'u' && header[261] == 'r' && header[262] == 0;
        String prefix = posix ? field(345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** A text field of the header, up to the first NUL. */
    private String field(int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.ISO_8859_1);
    }

    private String longText(long size) throws IOException, InterruptedException {
        byte[] bytes = metadata(size, NAME_LIMIT);
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private byte[] metadata(long size, int limit) throws IOException, InterruptedException {
        if (size > limit) {
            throw new TarException("an extended header is larger than " + limit + " bytes");
        }
        begin(size);
        byte[] bytes = new byte[(int) size];
        readFully(bytes, 0, bytes.length);
        left = 0;
        return bytes;
    }

    /** Reads a header block; false at the end of the archive. */
    private boolean readHeader() throws IOException, InterruptedException {
        ByteBuffer buffer = available();
        if (buffer == null) {
            // Some writers leave the two zero blocks out.
            return false;
        }
        readFully(header, 0, BLOCK);
        boolean zero = true;
        int sum = 0;
        int signed = 0;
        for (int i = 0; i < BLOCK; i++) {
            byte b = i >= 148 && i < 156 ? (byte) ' ' : header[i];
            zero &= header[i] == 0;
            sum += b & 0xff;
            signed += b;
        }
        if (zero) {
            return false;
        }
        long stored = TarNumbers.number(header, 148, 8);
        if (stored != sum && stored != signed) {
            throw new TarException("a header has a wrong check sum; this is no tar archive, or it is damaged");
        }
        return true;
    }

    /** Old GNU format: four entries in the header, more in blocks that follow. */
    private List<TarEntry.Segment> oldGnuSparse() throws IOException, InterruptedException {
        List<TarEntry.Segment> segments = new ArrayList<>();
        byte[] block = header;
        int offset = 386;
        int count = 4;
        boolean more = header[482] != 0;
        while (true) {
            for (int i = 0; i < count; i++, offset += 24) {
                if (block[offset] != 0) {
                    segments.add(new TarEntry.Segment(
                            TarNumbers.size(block, offset, 12), TarNumbers.size(block, offset + 12, 12)));
                }
            }
            if (!more) {
                break;
            }
            if (segments.size() > SEGMENT_LIMIT) {
                throw new TarException("a sparse file has too many parts");
            }
            // These blocks are not counted in the size of the member.
            block = new byte[BLOCK];
            readFully(block, 0, BLOCK);
            offset = 0;
            count = 21;
            more = block[504] != 0;
        }
        if (segments.isEmpty()) {
            segments.add(new TarEntry.Segment(0, 0));
        }
        return segments;
    }

    /** PAX 1.0: decimal numbers, one a line, at the beginning of the data, padded to a block. */
    private List<TarEntry.Segment> sparseMapFromData() throws IOException, InterruptedException {
        long before = left;
        long count = decimalLine();
        if (count > SEGMENT_LIMIT) {
            throw new TarException("a sparse file has too many parts");
        }
        List<TarEntry.Segment> segments = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long offset = decimalLine();
            segments.add(new TarEntry.Segment(offset, decimalLine()));
        }
        long used = before - left;
        long rest = Math.min(left, (BLOCK - used % BLOCK) % BLOCK);
        skip(rest);
        left -= rest;
        if (segments.isEmpty()) {
            segments.add(new TarEntry.Segment(0, 0));
        }
        return segments;
    }

    private long decimalLine() throws IOException, InterruptedException {
        long value = 0;
        for (int digits = 0; digits < 20; digits++) {
            ByteBuffer buffer = left > 0 ? available() : null;
            if (buffer == null) {
                throw new TarException("the map of a sparse file is truncated");
            }
            byte b = buffer.get();
            left--;
            if (b == '\n') {
                return value;
            }
            if (b < '0' || b > '9' || value > (Long.MAX_VALUE - 9) / 10) {
                break;
            }
            value = value * 10 + (b - '0');
        }
        throw new TarException("the map of a sparse file is malformed");
    }

    private void readFully(byte[] target, int offset, int length) throws IOException, InterruptedException {
        int at = offset;
        while (at < offset + length) {
            ByteBuffer buffer = available();
            if (buffer == null) {
                throw truncated();
            }
            int n = Math.min(offset + length - at, buffer.remaining());
            buffer.get(target, at, n);
            at += n;
        }
    }

    private void skip(long count) throws IOException, InterruptedException {
        long rest = count;
        while (rest > 0) {
            ByteBuffer buffer = available();
            if (buffer == null) {
                throw truncated();
            }
            int n = (int) Math.min(rest, buffer.remaining());
            buffer.position(buffer.position() + n);
            rest -= n;
        }
    }

    private @Nullable ByteBuffer available() throws IOException, InterruptedException {
        ByteBuffer buffer = chunk;
        while (buffer == null || !buffer.hasRemaining()) {
            buffer = source.next();
            chunk = buffer;
            if (buffer == null) {
                return null;
            }
        }
        return buffer;
    }

    private static TarException truncated() {
        return new TarException("the archive is truncated");
    }
}
