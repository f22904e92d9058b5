/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

/** What stands before the pixels of a JPEG picture (ITU-T T.81, annex B). */
final class JpegHead {

    private static final int NONE = -1;

    private JpegHead() {}

    /** A size as {@link #size(byte[], int, int)} answers it. */
    static int size(int w, int h) {
        return w << 16 | h;
    }

    /** Width and height of a picture; -1 if there is no frame header. */
    static int size(byte[] from, int offset, int length) {
        int end = offset + length;
        if (length < 4 || u16(from, offset) != 0xffd8) {
            return NONE;
        }
        int p = offset + 2;
        while (p + 9 <= end) {
            int marker = u16(from, p);
            if (marker == 0xffff) {
                p++;
            } else if (isFrame(marker)) {
                return size(u16(from, p + 7), u16(from, p + 5));
            } else if (marker < 0xffc0 || marker == 0xffd9 || marker == 0xffda) {
                return NONE;
            } else {
                p += 2 + u16(from, p + 2);
            }
        }
        return NONE;
    }

    /** SOF0 to SOF15; three numbers of that row are other things. */
    private static boolean isFrame(int marker) {
        return marker >= 0xffc0 && marker <= 0xffcf && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc;
    }

    private static int u16(byte[] from, int p) {
        return (from[p] & 0xff) << 8 | from[p + 1] & 0xff;
    }
}
