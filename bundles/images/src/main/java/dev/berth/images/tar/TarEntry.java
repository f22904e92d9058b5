/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.tar;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A member of an archive. Names are bytes, of no particular character set: they are kept as strings with one character
 * for each byte (ISO 8859-1), so that none is lost. {@link #display} is for messages.
 *
 * @param type as in the header, with all kinds of regular files as {@link #FILE}
 * @param mode permission bits with setuid, setgid and sticky
 * @param size of the file; for a sparse file with its holes
 * @param linkName target of a link
 * @param seconds modification time since 1970
 * @param nanos of the modification time
 * @param xattrs extended attributes by name
 * @param segments where the data of a sparse file goes, in order; empty for others
 */
public record TarEntry(
        String name,
        char type,
        int mode,
        long uid,
        long gid,
        long size,
        String linkName,
        long seconds,
        int nanos,
        long major,
        long minor,
        Map<String, byte[]> xattrs,
        List<Segment> segments) {

    public static final char FILE = '0';
    public static final char HARD_LINK = '1';
    public static final char SYMLINK = '2';
    public static final char CHARACTER_DEVICE = '3';
    public static final char BLOCK_DEVICE = '4';
    public static final char FOLDER = '5';
    public static final char FIFO = '6';

    /**
     * A run of data in a sparse file.
     *
     * @param offset in the file
     */
    public record Segment(long offset, long length) {}

    /** Whether the data is only parts of the file. */
    public boolean sparse() {
        return !segments.isEmpty();
    }

    /** A name fit for a message: as UTF-8, control characters replaced, long ones cut. */
    public static String display(String name) {
        String text = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(200).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c));
        return shown.length() < text.length() ? shown + "…" : shown.toString();
    }

    /** The string that stands for the bytes of a name. */
    public static String raw(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
