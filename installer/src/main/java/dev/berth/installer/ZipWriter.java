/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes a ZIP (PKWARE APPNOTE 6.3.3) with Unix modes, which {@link java.util.zip} cannot, and with one time for all entries. Sizes stay below
 * 4 GiB and the number of files below 65535: no ZIP64.
 */
final class ZipWriter {

    private static final int LOCAL_FILE = 0x04034b50;
    private static final int CENTRAL_FILE = 0x02014b50;
    private static final int END = 0x06054b50;

    private static final short NEEDS_2_0 = 20;
    /** Upper byte: the attributes are those of Unix. */
    private static final short MADE_BY_UNIX = 3 << 8 | NEEDS_2_0;
    /** General purpose bit 11: names are UTF-8. */
    private static final short UTF_8_NAMES = 1 << 11;

    private static final short STORED = 0;
    private static final short DEFLATED = 8;
    private static final int REGULAR_FILE = 0100000;

    private ZipWriter() {}

    /**
     * Writes {@code files}.
     *
     * @param time of every entry, in UTC, cut to two seconds
     */
    static void write(FileSet files, Instant time, OutputStream out) throws IOException {
        int dosTime = dosTime(time);
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        long offset = 0;
        int count = 0;
        for (Map.Entry<String, FileSet.Item> entry : files.items().entrySet()) {
            byte[] name = entry.getKey().getBytes(StandardCharsets.UTF_8);
            byte[] content = entry.getValue().content().read();
            CRC32 crc = new CRC32();
            crc.update(content);
            byte[] packed = deflate(content);
            boolean stored = packed.length >= content.length;
            byte[] data = stored ? content : packed;
            ByteBuffer common = little(26)
                    .putShort(NEEDS_2_0)
                    .putShort(UTF_8_NAMES)
                    .putShort(stored ? STORED : DEFLATED)
                    .putInt(dosTime)
                    .putInt((int) crc.getValue())
                    .putInt(data.length)
                    .putInt(content.length)
                    .putShort((short) name.length)
                    .putShort((short) 0);
            ByteBuffer local = little(30).putInt(LOCAL_FILE).put(common.array());
            out.write(local.array());
            out.write(name);
            out.write(data);
            ByteBuffer central = little(46)
                    .putInt(CENTRAL_FILE)
                    .putShort(MADE_BY_UNIX)
                    .put(common.array())
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt((entry.getValue().mode() | REGULAR_FILE) << 16)
                    .putInt((int) offset);
            directory.write(central.array());
            directory.write(name);
            offset += 30L + name.length + data.length;
            count++;
            if (offset > 0xffff_ffffL || count >= 0xffff) {
                throw new IOException("too much for a ZIP without ZIP64");
            }
        }
        out.write(directory.toByteArray());
        out.write(little(22)
                .putInt(END)
                .putInt(0)
                .putShort((short) count)
                .putShort((short) count)
                .putInt(directory.size())
                .putInt((int) offset)
                .putShort((short) 0)
                .array());
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int dosTime(Instant time) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        int date = (utc.getYear() - 1980) << 9 | utc.getMonthValue() << 5 | utc.getDayOfMonth();
        int clock = utc.getHour() << 11 | utc.getMinute() << 5 | utc.getSecond() / 2;
        return date << 16 | clock;
    }

    private static byte[] deflate(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 2 + 64);
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
