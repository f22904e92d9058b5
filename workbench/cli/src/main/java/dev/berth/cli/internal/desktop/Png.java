/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.desktop;

import dev.berth.sessions.FrameBuffer.Picture;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Pictures as PNG files (PNG specification, third edition). Written without AWT, whose start takes longer than the writing. */
public final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int SUB = 1;

    private Png() {}

    /** Writes a picture to a file; the file appears when it is complete. */
    public static void write(Picture picture, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path temporary = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
                write(picture, out);
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes a picture, 8 bits a channel, no alpha. */
    public static void write(Picture picture, OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.write(SIGNATURE);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(picture.width());
        fields.writeInt(picture.height());
        fields.write(new byte[] {8, 2, 0, 0, 0});
        chunk(out, "IHDR", header.toByteArray());
        chunk(out, "IDAT", pixels(picture));
        chunk(out, "IEND", new byte[0]);
        out.flush();
    }

    private static byte[] pixels(Picture picture) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(6);
        try (DeflaterOutputStream zip = new DeflaterOutputStream(data, deflater, 1 << 16)) {
            byte[] row = new byte[1 + 3 * picture.width()];
            row[0] = SUB;
            for (int y = 0; y < picture.height(); y++) {
                int at = 1;
                int left = 0;
                for (int x = 0; x < picture.width(); x++) {
                    int pixel = picture.pixels()[y * picture.width() + x];
                    row[at++] = (byte) ((pixel >> 16) - (left >> 16));
                    row[at++] = (byte) ((pixel >> 8) - (left >> 8));
                    row[at++] = (byte) (pixel - left);
                    left = pixel;
                }
                zip.write(row);
            }
        } finally {
            deflater.end();
        }
        return data.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }

    /** Reads a picture; what is transparent in it becomes its own colour without it. */
    public static Picture read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            java.awt.image.BufferedImage image = javax.imageio.ImageIO.read(in);
            if (image == null) {
                throw new IOException(file + " is no picture");
            }
            int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            return new Picture(image.getWidth(), image.getHeight(), pixels);
        }
    }
}
