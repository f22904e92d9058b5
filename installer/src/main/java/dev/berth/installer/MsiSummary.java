/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Sets what {@code wixl} makes up anew in each run: the package code and the two times in the summary of an installer, a property set
 * ([MS-OLEPS] 2.21) in a compound file, which msitools writes in one piece.
 */
final class MsiSummary {

    /** FMTID_SummaryInformation, as it lies in the file. */
    private static final byte[] FORMAT = HexFormat.of().parseHex("e0859ff2f94f6810ab9108002b27b3d9");
    /** Where the first FMTID lies in a property set. */
    private static final int FORMAT_OFFSET = 28;

    private static final int REVISION = 9;
    private static final int CREATED = 12;
    private static final int SAVED = 13;
    private static final int VT_LPSTR = 30;
    private static final int VT_FILETIME = 64;

    private static final long SECONDS_1601_TO_1970 = 11_644_473_600L;

    private MsiSummary() {}

    /**
     * Sets them.
     *
     * @param code an UUID, in upper case
     */
    static void set(Path msi, String code, Instant time) throws IOException {
        byte[] bytes = Files.readAllBytes(msi);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int stream = find(bytes) - FORMAT_OFFSET;
        int section = stream + file.getInt(stream + FORMAT_OFFSET + FORMAT.length);
        int set = 0;
        for (int i = 0; i < file.getInt(section + 4); i++) {
            int id = file.getInt(section + 8 + 8 * i);
            int value = section + file.getInt(section + 12 + 8 * i);
            int type = file.getInt(value);
            if ((id == CREATED || id == SAVED) && type == VT_FILETIME) {
                file.putLong(value + 4, (time.getEpochSecond() + SECONDS_1601_TO_1970) * 10_000_000);
                set++;
            } else if (id == REVISION && type == VT_LPSTR && file.getInt(value + 4) == code.length() + 3) {
                byte[] text = ("{" + code + "}").getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(text, 0, bytes, value + 8, text.length);
                set++;
            }
        }
        if (set != 3) {
            throw new IOException("the summary of " + msi + " is not what was expected");
        }
        Files.write(msi, bytes);
    }

    private static int find(byte[] bytes) throws IOException {
        for (int i = FORMAT_OFFSET; i + FORMAT.length < bytes.length; i++) {
            if (bytes[i] == FORMAT[0] && Arrays.equals(bytes, i, i + FORMAT.length, FORMAT, 0, FORMAT.length)) {
                return i;
            }
        }
        throw new IOException("an installer without a summary");
    }
}
