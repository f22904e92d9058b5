/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import dev.berth.plugin.rootfs.debian.internal.archive.TarEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes a tar archive in ustar form, with a PAX header before an entry that does not fit it (POSIX.1-2001 pax). Owners
 * are numbers alone. Gathers small writes; {@link #finish} ends the archive and leaves the stream open.
 */
final class TarWriter {

    private static final int BLOCK = 512;
    private static final int BUFFER = 1 << 18;
    private static final long MAX_OCTAL_SIZE = 077777777777L;
    private static final int MAX_OCTAL_ID = 07777777;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] header = new byte[BLOCK];
    private int filled;
    private long left;
    private int padding;
    private long written;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    /** Begins an entry; its content, if any, follows by {@link #content}. */
    void entry(TarEntry entry) throws IOException {
        if (left != 0) {
            throw new IllegalStateException("content of the entry before is missing: " + left);
        }
        zeros(padding);
        byte[] path = path(entry).getBytes(StandardCharsets.UTF_8);
        byte[] link = entry.link().getBytes(StandardCharsets.UTF_8);
        StringBuilder pax = new StringBuilder();
        if (path.length > 100) {
            pax.append(record("path", path(entry)));
        }
        if (link.length > 100) {
            pax.append(record("linkpath", entry.link()));
        }
        if (entry.sizeBytes() > MAX_OCTAL_SIZE) {
            pax.append(record("size", Long.toString(entry.sizeBytes())));
        }
        if (entry.uid() > MAX_OCTAL_ID) {
            pax.append(record("uid", Integer.toString(entry.uid())));
        }
        if (entry.gid() > MAX_OCTAL_ID) {
            pax.append(record("gid", Integer.toString(entry.gid())));
        }
        if (pax.length() > 0) {
            byte[] records = pax.toString().getBytes(StandardCharsets.UTF_8);
            head("PaxHeader".getBytes(StandardCharsets.US_ASCII), new byte[0], 'x', 0644, 0, 0, 0, records.length);
            put(records, 0, records.length);
            zeros((int) (-records.length & BLOCK - 1));
        }
        char type = switch (entry.kind()) {
            case FILE -> '0';
            case HARDLINK -> '1';
            case SYMLINK -> '2';
            case DIRECTORY -> '5';
        };
        head(
                path,
                link,
                type,
                entry.mode(),
                entry.uid() > MAX_OCTAL_ID ? 0 : entry.uid(),
                entry.gid() > MAX_OCTAL_ID ? 0 : entry.gid(),
                Math.max(0, Math.min(entry.mtime(), MAX_OCTAL_SIZE)),
                Math.min(entry.sizeBytes(), MAX_OCTAL_SIZE));
        left = entry.sizeBytes();
        padding = (int) (-left & BLOCK - 1);
    }

    /** Content of the entry begun last. */
    void content(byte[] bytes, int offset, int length) throws IOException {
        if (length > left) {
            throw new IllegalStateException("more content than was announced");
        }
        put(bytes, offset, length);
        left -= length;
    }

    /** How many bytes were written so far. */
    long written() {
        return written;
    }

    void finish() throws IOException {
        zeros(padding);
        padding = 0;
        zeros(2 * BLOCK);
        out.write(buffer, 0, filled);
        filled = 0;
        out.flush();
    }

    private static String path(TarEntry entry) {
        boolean folder = entry.kind() == TarEntry.Kind.DIRECTORY;
        return entry.path().isEmpty() ? "./" : folder ? entry.path() + "/" : entry.path();
    }

    private static String record(String key, String value) {
        int body = 3 + key.length() + value.getBytes(StandardCharsets.UTF_8).length;
        int length = body + Integer.toString(body).length();
        if (Integer.toString(length).length() > Integer.toString(body).length()) {
            length++;
        }
        return length + " " + key + "=" + value + "\n";
    }

    private void head(byte[] path, byte[] link, char type, int mode, int uid, int gid, long mtime, long size)
            throws IOException {
        Arrays.fill(header, (byte) 0);
        System.arraycopy(path, 0, header, 0, Math.min(path.length, 100));
        octal(100, 8, mode);
        octal(108, 8, uid);
        octal(116, 8, gid);
        octal(124, 12, size);
        octal(136, 12, mtime);
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        System.arraycopy(link, 0, header, 157, Math.min(link.length, 100));
        System.arraycopy("ustar\00000".getBytes(StandardCharsets.US_ASCII), 0, header, 257, 8);
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(148, 7, sum);
        header[155] = ' ';
        put(header, 0, BLOCK);
    }

    private void octal(int at, int length, long value) {
        long rest = value;
        for (int i = at + length - 2; i >= at; i--) {
            header[i] = (byte) ('0' + (rest & 7));
            rest >>= 3;
        }
        header[at + length - 1] = 0;
    }

    private void zeros(int count) throws IOException {
        int rest = count;
        while (rest > 0) {
            if (filled == BUFFER) {
                drain();
            }
            int n = Math.min(rest, BUFFER - filled);
            Arrays.fill(buffer, filled, filled + n, (byte) 0);
            filled += n;
            rest -= n;
            written += n;
        }
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        written += length;
        if (length >= BUFFER / 2) {
            drain();
            out.write(bytes, offset, length);
            return;
        }
        if (filled + length > BUFFER) {
            drain();
        }
        System.arraycopy(bytes, offset, buffer, filled, length);
        filled += length;
    }

    private void drain() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }
}
