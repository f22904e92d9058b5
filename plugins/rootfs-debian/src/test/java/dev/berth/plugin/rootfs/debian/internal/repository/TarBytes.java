/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A tar archive made by hand, so that it can have what no tool would put in. */
public final class TarBytes {

    private final OutputStream out;

    public TarBytes(OutputStream out) {
        this.out = out;
    }

    /** An archive of whatever the writer adds, in memory. */
    public static byte[] of(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarBytes tar = new TarBytes(bytes);
        writing.write(tar);
        tar.end();
        return bytes.toByteArray();
    }

    /** Adds entries. */
    @FunctionalInterface
    public interface Writing {
        void write(TarBytes tar) throws IOException;
    }

    public TarBytes file(String path, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        header(path, '0', "", bytes.length);
        out.write(bytes);
        out.write(new byte[-bytes.length & 511]);
        return this;
    }

    public TarBytes folder(String path) throws IOException {
        return header(path + "/", '5', "", 0);
    }

    public TarBytes link(String path, String target) throws IOException {
        return header(path, '2', target, 0);
    }

    public TarBytes hardLink(String path, String target) throws IOException {
        return header(path, '1', target, 0);
    }

    /** A header alone, of any type and announced size. */
    public TarBytes header(String path, char type, String link, long size) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, path);
        put(header, 100, type == '5' ? "0000755" : "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format(Locale.ROOT, "%011o", size));
        put(header, 136, "14000000000");
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 157, link);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.write(header);
        return this;
    }

    public void end() throws IOException {
        out.write(new byte[1024]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
