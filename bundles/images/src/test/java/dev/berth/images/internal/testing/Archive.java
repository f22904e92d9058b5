/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.testing;

import dev.berth.images.tar.TarEntry;
import dev.berth.images.tar.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Makes archives, also such as no decent program makes. */
public final class Archive {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarWriter tar = new TarWriter(bytes);

    public Archive file(String name, String content) {
        return add(name, TarEntry.FILE, "", 0, 0, content, Map.of());
    }

    public Archive folder(String name) {
        return add(name, TarEntry.FOLDER, "", 0, 0, "", Map.of());
    }

    public Archive symlink(String name, String target) {
        return add(name, TarEntry.SYMLINK, target, 0, 0, "", Map.of());
    }

    public Archive hardLink(String name, String target) {
        return add(name, TarEntry.HARD_LINK, target, 0, 0, "", Map.of());
    }

    public Archive device(String name, char type, int major, int minor) {
        return add(name, type, "", major, minor, "", Map.of());
    }

    public Archive xattr(String name, String key, String value) {
        return add(name, TarEntry.FILE, "", 0, 0, "", Map.of(key, value.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private Archive add(
            String name, char type, String link, int major, int minor, String content, Map<String, byte[]> xattrs) {
        try {
            byte[] data = content.getBytes(StandardCharsets.ISO_8859_1);
            tar.entry(new TarEntry(name, type, 0644, 0, 0, data.length, link, 1, 0, major, minor, xattrs, List.of()));
            tar.write(data, 0, data.length);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A header with a claim about its size and nothing behind it. */
    public Archive claim(String name, char type, byte[] sizeField) {
        file("padding", "");
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        System.arraycopy(sizeField, 0, header, 124, sizeField.length);
        put(header, 136, "00000000001\0");
        header[156] = (byte) type;
        put(header, 257, "ustar\0" + "00");
        return raw(header);
    }

    /** A PAX record for the next entry. */
    public Archive pax(String key, String value) {
        String body = " " + key + "=" + value + "\n";
        int length = body.length() + 1;
        while (length != body.length() + Integer.toString(length).length()) {
            length = body.length() + Integer.toString(length).length();
        }
        return special('x', length + body);
    }

    /** An extended header of any kind and content. */
    public Archive special(char type, String content) {
        return add("././@PaxHeader", type, "", 0, 0, content, Map.of());
    }

    private Archive raw(byte[] header) {
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        bytes.writeBytes(header);
        return this;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(ascii, 0, header, offset, ascii.length);
    }

    /** The archive with its end. */
    public byte[] bytes() {
        try {
            tar.finish();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The archive as it is, without an end. */
    public byte[] cut() {
        return bytes.toByteArray();
    }
}
