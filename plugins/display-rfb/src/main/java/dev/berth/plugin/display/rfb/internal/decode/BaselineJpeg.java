/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.io.IOException;

/**
 * Baseline JPEG (ITU-T T.81) in Java, for machines without libjpeg-turbo: Huffman codes, eight bits, YCbCr or grey, chrominance at full
 * or half size each way, restart markers. That is what RFB servers send; anything else is left to the JDK. Chrominance of half size is
 * doubled, not interpolated.
 */
final class BaselineJpeg implements PictureDecoder {

    private static final int SOF0 = 0xc0;
    private static final int SOF1 = 0xc1;
    private static final int DHT = 0xc4;
    private static final int SOS = 0xda;
    private static final int DQT = 0xdb;
    private static final int DRI = 0xdd;
    private static final int ADOBE = 0xee;

    private final PictureDecoder other;
    private final JpegBits bits = new JpegBits();
    private final JpegTransform transform = new JpegTransform();
    private final JpegTable[] tables = new JpegTable[8];
    private final int[][] quantizers = new int[4][64];
    private final int[] block = new int[64];

    private int components;
    private int maxH;
    private int maxV;
    private int interval;
    private final int[] ids = new int[3];
    private final int[] h = new int[3];
    private final int[] v = new int[3];
    private final int[] quantizer = new int[3];
    private final int[] dc = new int[3];
    private final int[] ac = new int[3];
    private final int[] predicted = new int[3];
    /** Samples of one row of units, by component. */
    private final int[][] planes = new int[3][0];

    private final int[] strides = new int[3];
    private final JpegColours colours = new JpegColours();

    /**
     * @param other decodes what is not known here
     */
    BaselineJpeg(PictureDecoder other) {
        this.other = other;
        for (int i = 0; i < tables.length; i++) {
            tables[i] = new JpegTable();
        }
    }

    @Override
    public void decode(byte[] from, int offset, int length, Frame frame, int x, int y, int w, int h, boolean redLow)
            throws IOException {
        if (JpegHead.size(from, offset, length) != JpegHead.size(w, h)) {
            throw new RfbException("a JPEG picture that is broken or of another size than its rectangle");
        }
        int scan = head(from, offset + 2, offset + length);
        if (scan < 0) {
            other.decode(from, offset, length, frame, x, y, w, h, redLow);
            return;
        }
        bits.begin(from, scan, offset + length);
        picture(frame, x, y, w, h, redLow);
    }

    /** Reads all up to the scan; answers where that begins, or -1 if this is not for us. */
    private int head(byte[] from, int start, int end) throws RfbException {
        components = 0;
        interval = 0;
        int p = start;
        while (p + 4 <= end) {
            int marker = from[p + 1] & 0xff;
            if (from[p] != -1) {
                throw new RfbException("a JPEG picture with no marker where one should be");
            }
            if (marker == 0xff) {
                p++;
                continue;
            }
            int body = p + 4;
            p += 2 + u16(from, p + 2);
            if (p > end || p < body) {
                throw new RfbException("a JPEG picture with a part longer than itself");
            }
            switch (marker) {
                case DQT -> readQuantizers(from, body, p);
                case DHT -> readTables(from, body, p);
                case DRI -> interval = p - body < 2 ? 0 : u16(from, body);
                case SOS -> {
                    return scan(from, body, p) ? p : -1;
                }
                case ADOBE -> {
                    return -1;
                }
                case SOF0, SOF1 -> {
                    if (!frame(from, body, p)) {
                        return -1;
                    }
                }
                default -> {
                    if (marker > SOF1 && marker < 0xd0) {
                        // Progressive, lossless, arithmetic.
                        return -1;
                    }
                }
            }
        }
        throw new RfbException("a JPEG picture without pixels");
    }

    private void readQuantizers(byte[] from, int start, int end) throws RfbException {
        int p = start;
        while (p < end) {
            int which = from[p] & 15;
            int size = (from[p] & 0xf0) == 0 ? 1 : 2;
            p++;
            if (which > 3 || p + 64 * size > end) {
                throw new RfbException("a JPEG picture with a broken quantization table");
            }
            for (int i = 0; i < 64; i++, p += size) {
                quantizers[which][i] = size == 1 ? from[p] & 0xff : u16(from, p);
            }
        }
    }

    private void readTables(byte[] from, int start, int end) throws RfbException {
        int p = start;
        while (p < end) {
            int kind = from[p] & 0xff;
            if ((kind & 0xec) != 0) {
                throw new RfbException("a JPEG picture with a code table of unknown kind");
            }
            p += 1 + tables[kind >> 2 | kind & 3].read(from, p + 1, end);
        }
    }

    private boolean frame(byte[] from, int start, int end) {
        if (end - start < 6 || from[start] != 8) {
            return false;
        }
        components = from[start + 5];
        if (components != 1 && components != 3 || end - start < 6 + 3 * components) {
            return false;
        }
        maxH = 1;
        maxV = 1;
        for (int i = 0, p = start + 6; i < components; i++, p += 3) {
            ids[i] = from[p] & 0xff;
            h[i] = components == 1 ? 1 : from[p + 1] >> 4 & 15;
            v[i] = components == 1 ? 1 : from[p + 1] & 15;
            quantizer[i] = from[p + 2] & 3;
            if (i == 0) {
                maxH = h[0];
                maxV = v[0];
            }
            boolean known = i == 0 ? h[0] >= 1 && h[0] <= 2 && v[0] >= 1 && v[0] <= 2 : h[i] == 1 && v[i] == 1;
            if (!known) {
                return false;
            }
        }
        // Some write red, green and blue and say so by the names.
        return !(ids[0] == 'R' && components == 3);
    }

    private boolean scan(byte[] from, int start, int end) {
        if (components == 0 || end - start < 4 + 2 * components || from[start] != components) {
            return false;
        }
        for (int i = 0; i < components; i++) {
            int p = start + 1 + 2 * i;
            if ((from[p] & 0xff) != ids[i]) {
                return false;
            }
            dc[i] = from[p + 1] >> 4 & 3;
            ac[i] = 4 | from[p + 1] & 3;
        }
        return true;
    }

    private void picture(Frame frame, int x, int y, int width, int height, boolean redLow) throws RfbException {
        int unitW = 8 * maxH;
        int unitH = 8 * maxV;
        int across = (width + unitW - 1) / unitW;
        for (int i = 0; i < components; i++) {
            strides[i] = across * 8 * h[i];
            if (planes[i].length < strides[i] * 8 * v[i]) {
                planes[i] = new int[strides[i] * 8 * v[i]];
            }
            predicted[i] = 0;
        }
        colours.width(width);
        int left = interval;
        for (int top = 0; top < height; top += unitH) {
            for (int unit = 0; unit < across; unit++) {
                if (interval > 0 && left-- == 0) {
                    bits.restart();
                    predicted[0] = 0;
                    predicted[1] = 0;
                    predicted[2] = 0;
                    left = interval - 1;
                }
                unit(unit);
            }
            int rows = Math.min(unitH, height - top);
            for (int row = 0; row < rows; row++) {
                colours(row, frame.pixels(), (y + top + row) * frame.width() + x, width, redLow);
            }
        }
    }

    private void unit(int column) throws RfbException {
        for (int i = 0; i < components; i++) {
            int[] by = quantizers[quantizer[i]];
            for (int down = 0; down < v[i]; down++) {
                for (int across = 0; across < h[i]; across++) {
                    predicted[i] += bits.difference(tables[dc[i]]);
                    block[0] = predicted[i] * by[0];
                    int last = bits.coefficients(tables[ac[i]], by, block);
                    int start = down * 8 * strides[i] + (column * h[i] + across) * 8;
                    transform.samples(block, last, planes[i], start, strides[i]);
                }
            }
        }
    }

    private void colours(int row, int[] to, int start, int width, boolean redLow) {
        colours.light(planes[0], row * strides[0], width);
        if (components == 1) {
            colours.writeGrey(to, start, width);
            return;
        }
        // The rows that share one row of chrominance come one after the other.
        if (maxV == 1 || (row & 1) == 0) {
            int at = (maxV == 2 ? row >> 1 : row) * strides[1];
            if (maxH == 2) {
                colours.halfChrominance(planes[1], planes[2], at, width);
            } else {
                colours.chrominance(planes[1], planes[2], at, width);
            }
        }
        colours.write(to, start, width, redLow);
    }

    private static int u16(byte[] from, int p) {
        return (from[p] & 0xff) << 8 | from[p + 1] & 0xff;
    }

    @Override
    public String name() {
        return "Java";
    }

    @Override
    public void close() {
        other.close();
    }
}
