/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a tar archive as a stream: ustar headers, PAX records for what does not fit. Does not close the stream that it
 * writes to. Not thread-safe.
 */
public final class TarWriter {

    private static final int BLOCK = 512;
    private static final long OCTAL_11 = 1L << 33;
    private static final long OCTAL_7 = 1L << 21;

    private final OutputStream out;
    private long left;
    private int padding;

    /** Writes to {@code out}. */
    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes a header; as many bytes as its size says must follow by {@link #write}. Sparse entries are not written. */
    public void entry(TarEntry entry) throws IOException {
        if (left != 0) {
            throw new IOException("the entry before was not written to its end");
        }
        out.write(new byte[padding]);
        Map<String, String> pax = new LinkedHashMap<>();
        String name = entry.name();
        if (name.length() > 100) {
            pax.put("path", name);
            name = name.substring(0, 100);
        }
        String link = entry.linkName();
        if (link.length() > 100) {
            pax.put("linkpath", link);
            link = link.substring(0, 100);
        }
        long size = entry.size();
        if (size >= OCTAL_11) {
            pax.put("size", Long.toString(size));
        }
        if (entry.uid() >= OCTAL_7) {
            pax.put("uid", Long.toString(entry.uid()));
        }
        if (entry.gid() >= OCTAL_7) {
            pax.put("gid", Long.toString(entry.gid()));
        }
        if (entry.nanos() != 0 && entry.seconds() >= 0) {
            pax.put("mtime", String.format("%d.%09d", entry.seconds(), entry.nanos()));
        }
        entry.xattrs()
                .forEach(
                        (key, value) -> pax.put("SCHILY.xattr." + key, new String(value, StandardCharsets.ISO_8859_1)));
        if (!pax.isEmpty()) {
            byte[] records = records(pax);
            header("././@PaxHeader", 'x', 0644, 0, 0, records.length, 0, "", 0, 0);
            out.write(records);
            out.write(new byte[pad(records.length)]);
        }
        header(
                name,
                entry.type(),
                entry.mode(),
                entry.uid() >= OCTAL_7 ? 0 : entry.uid(),
                entry.gid() >= OCTAL_7 ? 0 : entry.gid(),
                size >= OCTAL_11 ? 0 : size,
                Math.max(0, entry.seconds()),
                link,
                entry.major(),
                entry.minor());
        left = size;
        padding = pad(size);
    }

    /** Writes data of the entry. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > left) {
            throw new IOException("more data than the entry's size says");
        }
        out.write(bytes, offset, length);
        left -= length;
    }

    /** A file with its content. */
    public void file(String name, byte[] content, int mode, int uid, int gid, long seconds) throws IOException {
        entry(simple(name, TarEntry.FILE, mode, uid, gid, content.length, seconds));
        write(content, 0, content.length);
    }

    /** A folder. */
    public void folder(String name, int mode, int uid, int gid, long seconds) throws IOException {
        entry(simple(name + "/", TarEntry.FOLDER, mode, uid, gid, 0, seconds));
    }

    /** An entry without links, devices or attributes. */
    public static TarEntry simple(String name, char type, int mode, long uid, long gid, long size, long seconds) {
        return new TarEntry(name, type, mode, uid, gid, size, "", seconds, 0, 0, 0, Map.of(), java.util.List.of());
    }

    /** Ends the archive. */
    public void finish() throws IOException {
        if (left != 0) {
            throw new IOException("the last entry was not written to its end");
        }
        out.write(new byte[padding + 2 * BLOCK]);
        out.flush();
    }

    private void header(
            String name,
            char type,
            int mode,
            long uid,
            long gid,
            long size,
            long seconds,
            String link,
            long major,
            long minor)
            throws IOException {
        byte[] header = new byte[BLOCK];
        text(header, 0, name);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, uid);
        octal(header, 116, 8, gid);
        octal(header, 124, 12, size);
        octal(header, 136, 12, seconds);
        header[156] = (byte) type;
        text(header, 157, link);
        text(header, 257, "ustar\0" + "00");
        octal(header, 329, 8, major);
        octal(header, 337, 8, minor);
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        out.write(header);
    }

    private static byte[] records(Map<String, String> pax) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (Map.Entry<String, String> record : pax.entrySet()) {
            String body = " " + record.getKey() + "=" + record.getValue() + "\n";
            int length = body.length() + 1;
            // The length counts its own digits.
            while (length != body.length() + Integer.toString(length).length()) {
                length = body.length() + Integer.toString(length).length();
            }
            records.write((length + body).getBytes(StandardCharsets.ISO_8859_1));
        }
        return records.toByteArray();
    }

    private static void text(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private static void octal(byte[] header, int offset, int length, long value) {
        String digits = Long.toOctalString(value);
        String padded = "0".repeat(Math.max(0, length - 1 - digits.length())) + digits;
        text(header, offset, padded);
    }

    private static int pad(long size) {
        return (int) ((BLOCK - size % BLOCK) % BLOCK);
    }
}
