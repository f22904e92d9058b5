/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.task.TaskContext;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Turns a PAX archive of the upper folder of an overlay into an OCI layer (OCI image specification 1.1, "Image Layer
 * Filesystem Changeset"): character devices 0:0 become {@code .wh.} files, opaque folders get {@code .wh..wh..opq}, the
 * attributes of overlayfs itself and given paths are left out.
 */
final class LayerTransform {

    private static final int BLOCK = 512;
    private static final int MOST_HEADER_BYTES = 16 << 20;
    private static final String XATTR = "SCHILY.xattr.";
    private static final Set<String> OPAQUE = Set.of(XATTR + "trusted.overlay.opaque", XATTR + "user.overlay.opaque");

    private final Set<String> leftOut;
    private final byte[] buffer = new byte[1 << 16];

    /** @param leftOut paths without a leading slash, with all that is below them */
    LayerTransform(Set<String> leftOut) {
        this.leftOut = Set.copyOf(leftOut);
    }

    /** Copies the archive; the output is not closed. */
    void copy(InputStream from, OutputStream to, TaskContext context) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(from, 1 << 18);
        OutputStream out = new BufferedOutputStream(to, 1 << 18);
        Map<String, byte[]> pax = new LinkedHashMap<>();
        byte[] header = new byte[BLOCK];
        while (in.readNBytes(header, 0, BLOCK) == BLOCK) {
            context.checkCancelled();
            if (allZero(header)) {
                break;
            }
            long size = number(header, 124, 12);
            char type = (char) header[156];
            if (type == 'x') {
                pax = records(in, size);
                continue;
            }
            if (type == 'g') {
                skip(in, padded(size));
                continue;
            }
            entry(in, out, header, type, pax);
            pax = new LinkedHashMap<>();
        }
        out.write(new byte[2 * BLOCK]);
        out.flush();
        in.transferTo(OutputStream.nullOutputStream());
    }

    private void entry(InputStream in, OutputStream out, byte[] header, char type, Map<String, byte[]> pax)
            throws IOException {
        byte[] sizeRecord = pax.get("size");
        long size = sizeRecord == null ? number(header, 124, 12) : Long.parseLong(text(sizeRecord));
        byte[] raw = pax.containsKey("path") ? pax.get("path") : ustarName(header);
        // One character a byte, so that names which are no text pass through unchanged.
        String path = stripped(new String(raw == null ? new byte[0] : raw, StandardCharsets.ISO_8859_1));
        if (path.isEmpty() || isLeftOut(path)) {
            skip(in, padded(size));
            return;
        }
        boolean opaque = false;
        for (String name : OPAQUE) {
            byte[] value = pax.get(name);
            opaque |= value != null && value.length == 1 && value[0] == 'y';
        }
        pax.keySet()
                .removeIf(key -> key.startsWith(XATTR + "trusted.overlay.") || key.startsWith(XATTR + "user.overlay."));
        if (type == '3' && number(header, 329, 8) == 0 && number(header, 337, 8) == 0) {
            marker(out, sibling(path, ".wh." + name(path)));
            skip(in, padded(size));
            return;
        }
        if (pax.containsKey("linkpath")) {
            if (type == '1') {
                pax.put("linkpath", bytes(stripped(new String(pax.get("linkpath"), StandardCharsets.ISO_8859_1))));
            }
        } else if (type == '1') {
            put(header, 157, 100, bytes(stripped(new String(field(header, 157, 100), StandardCharsets.ISO_8859_1))));
        }
        name(header, pax, type == '5' ? path + "/" : path);
        write(out, header, pax);
        copyBytes(in, out, padded(size));
        if (opaque && type == '5') {
            marker(out, path + "/.wh..wh..opq");
        }
    }

    private boolean isLeftOut(String path) {
        for (String prefix = path; ; prefix = prefix.substring(0, prefix.lastIndexOf('/'))) {
            if (leftOut.contains(prefix)) {
                return true;
            }
            if (prefix.indexOf('/') < 0) {
                return false;
            }
        }
    }

    private static void marker(OutputStream out, String path) throws IOException {
        byte[] header = new byte[BLOCK];
        Map<String, byte[]> pax = new LinkedHashMap<>();
        put(header, 100, 8, bytes("0000644\0"));
        put(header, 108, 8, bytes("0000000\0"));
        put(header, 116, 8, bytes("0000000\0"));
        put(header, 124, 12, bytes("00000000000\0"));
        put(header, 136, 12, bytes("00000000000\0"));
        header[156] = '0';
        put(header, 257, 8, bytes("ustar\00000"));
        name(header, pax, path);
        write(out, header, pax);
    }

    /** Puts a name in the header where it fits and is ASCII, else in a record before it. */
    private static void name(byte[] header, Map<String, byte[]> pax, String path) {
        byte[] name = bytes(path);
        put(header, 345, 155, new byte[0]);
        if (name.length <= 100 && path.chars().allMatch(c -> c < 0x80)) {
            pax.remove("path");
            put(header, 0, 100, name);
        } else {
            pax.put("path", name);
            put(
                    header,
                    0,
                    100,
                    bytes(path.substring(Math.max(0, path.length() - 90)).replaceAll("[^\\x20-\\x7e]", "_")));
        }
    }

    private static void write(OutputStream out, byte[] header, Map<String, byte[]> pax) throws IOException {
        if (!pax.isEmpty()) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            pax.forEach((key, value) -> record(body, key, value));
            byte[] extended = new byte[BLOCK];
            put(extended, 0, 100, bytes("pax"));
            put(extended, 100, 8, bytes("0000644\0"));
            put(extended, 108, 8, bytes("0000000\0"));
            put(extended, 116, 8, bytes("0000000\0"));
            put(extended, 124, 12, bytes(String.format("%011o\0", body.size())));
            put(extended, 136, 12, bytes("00000000000\0"));
            extended[156] = 'x';
            put(extended, 257, 8, bytes("ustar\00000"));
            checksum(extended);
            out.write(extended);
            body.writeTo(out);
            out.write(new byte[(int) (padded(body.size()) - body.size())]);
        }
        checksum(header);
        out.write(header);
    }

    /** {@code LENGTH KEY=VALUE\n}, where the length counts its own digits (pax, "pax Extended Header"). */
    private static void record(ByteArrayOutputStream out, String key, byte[] value) {
        int rest = key.getBytes(StandardCharsets.UTF_8).length + value.length + 3;
        int length = rest + Integer.toString(rest).length();
        if (Integer.toString(length).length() > Integer.toString(rest).length()) {
            length++;
        }
        out.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(value);
        out.write('\n');
    }

    private static Map<String, byte[]> records(InputStream in, long size) throws IOException {
        if (size < 0 || size > MOST_HEADER_BYTES) {
            throw new IOException("a header of " + size + " bytes in the archive");
        }
        byte[] body = in.readNBytes((int) padded(size));
        Map<String, byte[]> records = new LinkedHashMap<>();
        for (int at = 0; at < size; ) {
            int space = at;
            while (space < size && body[space] != ' ') {
                space++;
            }
            int length = Integer.parseInt(new String(body, at, space - at, StandardCharsets.US_ASCII));
            int equals = space + 1;
            while (equals < size && body[equals] != '=') {
                equals++;
            }
            if (length <= 0 || at + length > body.length || equals >= at + length) {
                throw new IOException("a malformed header in the archive");
            }
            byte[] value = new byte[at + length - 1 - (equals + 1)];
            System.arraycopy(body, equals + 1, value, 0, value.length);
            records.put(new String(body, space + 1, equals - space - 1, StandardCharsets.UTF_8), value);
            at += length;
        }
        return records;
    }

    private static byte[] ustarName(byte[] header) {
        byte[] prefix = field(header, 345, 155);
        byte[] name = field(header, 0, 100);
        if (prefix.length == 0) {
            return name;
        }
        byte[] path = new byte[prefix.length + 1 + name.length];
        System.arraycopy(prefix, 0, path, 0, prefix.length);
        path[prefix.length] = '/';
        System.arraycopy(name, 0, path, prefix.length + 1, name.length);
        return path;
    }

    /** Without {@code ./} before it and a slash behind. */
    private static String stripped(String path) {
        String rest = path.startsWith("./") ? path.substring(2) : path;
        rest = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        return rest.equals(".") ? "" : rest;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String sibling(String path, String name) {
        return path.substring(0, path.lastIndexOf('/') + 1) + name;
    }

    private static byte[] field(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        byte[] value = new byte[end - offset];
        System.arraycopy(header, offset, value, 0, value.length);
        return value;
    }

    private static void put(byte[] header, int offset, int length, byte[] value) {
        for (int i = 0; i < length; i++) {
            header[offset + i] = i < value.length ? value[i] : 0;
        }
    }

    private static void checksum(byte[] header) {
        put(header, 148, 8, bytes("        "));
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, 8, bytes(String.format("%06o\0 ", sum)));
    }

    /** An octal number, or one in base 256 when the first bit is set, as GNU tar writes large ones. */
    private static long number(byte[] header, int offset, int length) {
        if ((header[offset] & 0x80) != 0) {
            long value = header[offset] & 0x7f;
            for (int i = 1; i < length; i++) {
                value = value << 8 | header[offset + i] & 0xff;
            }
            return value;
        }
        String digits = text(field(header, offset, length)).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean allZero(byte[] block) {
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

    private void copyBytes(InputStream in, OutputStream out, long count) throws IOException {
        for (long rest = count; rest > 0; ) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
            if (n < 0) {
                throw new EOFException("the archive ends too early");
            }
            out.write(buffer, 0, n);
            rest -= n;
        }
    }

    private void skip(InputStream in, long count) throws IOException {
        copyBytes(in, OutputStream.nullOutputStream(), count);
    }
}
