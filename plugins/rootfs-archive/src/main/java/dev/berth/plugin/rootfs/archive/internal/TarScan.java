/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the members of a tar archive (POSIX.1-2001 pax, with GNU's long names) to find a few of them; the image
 * store reads it again, and strictly.
 */
final class TarScan {

    private static final int BLOCK = 512;
    private static final int METADATA = 1 << 20;
    private static final Pattern RECORD = Pattern.compile("\\d+ (path|size)=([^\n]*)\n");

    /** A member; {@code offset} of its data in the archive. */
    record Member(String name, boolean file, long offset, long size) {}

    private final InputStream in;
    private long position;
    private long next;

    TarScan(InputStream in) {
        this.in = in;
    }

    /** The next member; null at the end. */
    @Nullable
    Member next() throws IOException {
        String name = "";
        long size = -1;
        while (true) {
            skipTo(next);
            byte[] header = in.readNBytes(BLOCK);
            position += header.length;
            if (header.length == 0 || header.length == BLOCK && blank(header)) {
                return null;
            }
            if (header.length < BLOCK || !checked(header)) {
                throw new IOException("not a tar archive, or a damaged one");
            }
            char type = (char) header[156];
            long own = number(header, 124, 12);
            if (type != 'x' && type != 'g' && type != 'L' && type != 'K') {
                long length = size >= 0 ? size : own;
                boolean data = type == '0' || type == 0 || type == '7';
                // Links, devices and folders have no data, whatever their size says.
                next = position + (type >= '1' && type <= '6' ? 0 : padded(length));
                return new Member(clean(name.isEmpty() ? headerName(header) : name), data, position, length);
            }
            if (own > METADATA) {
                throw new IOException("the metadata of a member is too long");
            }
            String text = new String(in.readNBytes((int) own), StandardCharsets.UTF_8);
            position += own;
            next = position + padded(own) - own;
            if (type == 'L') {
                name = text.replaceAll("\0.*", "");
            } else if (type == 'x') {
                for (Matcher record = RECORD.matcher(text); record.find(); ) {
                    if (record.group(1).equals("path")) {
                        name = record.group(2);
                    } else {
                        size = Long.parseLong(record.group(2));
                    }
                }
            }
        }
    }

    /** The member's content, or its beginning; only right after {@link #next}. */
    byte[] content(Member member, int most) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(most, member.size()));
        position += bytes.length;
        return bytes;
    }

    private void skipTo(long target) throws IOException {
        in.skipNBytes(target - position);
        position = target;
    }

    private static boolean blank(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean checked(byte[] header) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        return sum == number(header, 148, 8);
    }

    private static long number(byte[] header, int offset, int length) throws IOException {
        if ((header[offset] & 0x80) != 0) {
            long value = header[offset] & 0x7f;
            for (int i = 1; i < length; i++) {
                if (value >> 55 != 0) {
                    throw new IOException("a number of the archive is too large");
                }
                value = value << 8 | header[offset + i] & 0xff;
            }
            return value;
        }
        String text = new String(header, offset, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        try {
            return text.isEmpty() ? 0 : Long.parseLong(text.split(" ")[0], 8);
        } catch (NumberFormatException e) {
            throw new IOException("not a tar archive, or a damaged one", e);
        }
    }

    private static String headerName(byte[] header) throws IOException {
        String name = text(header, 0, 100);
        boolean ustar = text(header, 257, 5).equals("ustar") && header[262] == 0;
        String prefix = ustar ? text(header, 345, 155) : "";
        if (name.isEmpty()) {
            throw new EOFException("a member without a name");
        }
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] header, int offset, int length) {
        String text = new String(header, offset, length, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static String clean(String name) {
        String text = name;
        while (text.startsWith("./") || text.startsWith("/")) {
            text = text.substring(text.indexOf('/') + 1);
        }
        return text;
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }
}
