/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Writes a tar archive (POSIX ustar) as dpkg wants it: names start with "./", folders come before what is in them, all belongs to root. */
final class TarWriter {

    private static final int BLOCK = 512;

    private final OutputStream out;
    private final long seconds;

    private TarWriter(OutputStream out, Instant time) {
        this.out = out;
        this.seconds = time.getEpochSecond();
    }

    static void write(FileSet files, Instant time, OutputStream out) throws IOException {
        TarWriter tar = new TarWriter(out, time);
        TreeSet<String> folders = new TreeSet<>();
        for (String name : files.items().keySet()) {
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                folders.add(name.substring(0, slash + 1));
            }
        }
        tar.entry("./", 0755, '5', "", new byte[0]);
        for (String folder : folders) {
            tar.entry("./" + folder, 0755, '5', "", new byte[0]);
        }
        for (Map.Entry<String, FileSet.Item> entry : files.items().entrySet()) {
            byte[] content = entry.getValue().content().read();
            if (entry.getValue().mode() == FileSet.LINK) {
                tar.entry("./" + entry.getKey(), 0777, '2', new String(content, StandardCharsets.UTF_8), new byte[0]);
            } else {
                tar.entry("./" + entry.getKey(), entry.getValue().mode(), '0', "", content);
            }
        }
        out.write(new byte[2 * BLOCK]);
    }

    private void entry(String path, int mode, char type, String link, byte[] content) throws IOException {
        byte[] header = new byte[BLOCK];
        String name = path;
        if (name.length() > 100) {
            int slash = name.lastIndexOf('/', 155);
            put(header, 345, 155, name.substring(0, slash));
            name = name.substring(slash + 1);
        }
        put(header, 0, 100, name);
        octal(header, 100, 8, mode);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, content.length);
        octal(header, 136, 12, seconds);
        header[156] = (byte) type;
        put(header, 157, 100, link);
        put(header, 257, 8, "ustar\00000");
        put(header, 265, 32, "root");
        put(header, 297, 32, "root");
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        long sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, 8, String.format(Locale.ROOT, "%06o\0 ", sum));
        out.write(header);
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void octal(byte[] header, int at, int length, long value) throws IOException {
        put(header, at, length, String.format(Locale.ROOT, "%0" + (length - 1) + "o\0", value));
    }

    private static void put(byte[] header, int at, int length, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > length) {
            throw new IOException("too long for a ustar archive: " + text);
        }
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
