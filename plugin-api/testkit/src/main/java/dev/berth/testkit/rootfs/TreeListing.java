/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.rootfs;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is in a layer: checks the form of the archive, and lists its entries with what identifies them. */
final class TreeListing {

    private static final int BLOCK = 512;
    private static final int EXTENDED_LIMIT = 1 << 20;

    private final DataInputStream in;
    private final List<String> entries = new ArrayList<>();
    private Map<String, String> extended = new LinkedHashMap<>();

    private TreeListing(InputStream stream) {
        in = new DataInputStream(stream);
    }

    /**
     * Reads an uncompressed archive to its end.
     *
     * @return {@code path type mode uid:gid size time link} of each entry, in order; paths without a slash at the end
     * @throws IOException if the archive is malformed
     */
    static List<String> of(InputStream stream) throws IOException {
        TreeListing listing = new TreeListing(stream);
        byte[] header = new byte[BLOCK];
        while (listing.block(header)) {
            listing.entry(header);
        }
        return listing.entries;
    }

    private boolean block(byte[] header) throws IOException {
        if (in.readNBytes(header, 0, BLOCK) < BLOCK) {
            throw new IOException("the archive ends without two blocks of zeros");
        }
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum == 8 * ' ') {
            in.skipNBytes(BLOCK);
            return false;
        }
        if (number(header, 148, 8) != sum) {
            throw new IOException("a header has a wrong check sum");
        }
        return true;
    }

    private void entry(byte[] header) throws IOException {
        char type = (char) header[156];
        long size = number(header, 124, 12);
        if (type == 'x' || type == 'L' || type == 'K') {
            if (size > EXTENDED_LIMIT) {
                throw new IOException("an extended header is larger than a megabyte");
            }
            byte[] body = in.readNBytes((int) size);
            in.skipNBytes(padding(size));
            if (type == 'x') {
                extended.putAll(records(body));
            } else {
                extended.put(type == 'L' ? "path" : "linkpath", text(body, 0, body.length));
            }
            return;
        }
        String prefix = text(header, 345, 155);
        boolean posix = header[257] == 'u' && header[262] == 0;
        String name = (posix && !prefix.isEmpty() ? prefix + "/" : "") + text(header, 0, 100);
        name = extended.getOrDefault("path", name);
        size = Long.parseLong(extended.getOrDefault("size", Long.toString(size)));
        boolean data = type == '0' || type == 0 || type == '7';
        entries.add(String.join(
                " ",
                plain(name),
                Character.toString(type == 0 ? '0' : type),
                Long.toOctalString(number(header, 100, 8)),
                extended.getOrDefault("uid", Long.toString(number(header, 108, 8))) + ":"
                        + extended.getOrDefault("gid", Long.toString(number(header, 116, 8))),
                Long.toString(data ? size : 0),
                extended.getOrDefault("mtime", Long.toString(number(header, 136, 12))),
                extended.getOrDefault("linkpath", text(header, 157, 100))));
        extended = new LinkedHashMap<>();
        if (data) {
            in.skipNBytes(size + padding(size));
        }
    }

    private static String plain(String name) throws IOException {
        if (name.startsWith("/") || List.of(name.split("/", -1)).contains("..")) {
            throw new IOException("a name leads out of the root: " + name);
        }
        String path = name.startsWith("./") ? name.substring(2) : name;
        path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return path.isEmpty() ? "." : path;
    }

    private static long padding(long size) {
        return (BLOCK - size % BLOCK) % BLOCK;
    }

    private static Map<String, String> records(byte[] body) throws IOException {
        Map<String, String> records = new LinkedHashMap<>();
        int at = 0;
        while (at < body.length) {
            int space = at;
            while (body[space] != ' ') {
                space++;
            }
            int end = at + Integer.parseInt(text(body, at, space - at));
            String record = new String(body, space + 1, end - space - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals < 0 || body[end - 1] != '\n') {
                throw new IOException("an extended header is malformed");
            }
            records.put(record.substring(0, equals), record.substring(equals + 1));
            at = end;
        }
        return records;
    }

    private static long number(byte[] header, int offset, int length) throws IOException {
        if ((header[offset] & 0x80) != 0) {
            long value = header[offset] & 0x3f;
            for (int i = 1; i < length; i++) {
                value = value << 8 | header[offset + i] & 0xff;
            }
            return value;
        }
        String digits = text(header, offset, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new IOException("a header has a malformed number: " + digits, e);
        }
    }

    private static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
    }
}
