/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The JPEG encoding (RFB community specification, 7.7.8): one picture from its first marker to its last, without a length. A server may
 * leave out tables; then those of the picture before hold.
 */
final class JpegDecoder implements RectangleDecoder {

    private static final int START = 0xd8;
    private static final int END = 0xd9;
    private static final int SCAN = 0xda;
    private static final int QUANTIZATION = 0xdb;
    private static final int HUFFMAN = 0xc4;
    /** Room for tables and remarks beside the pixels. */
    private static final int HEAD = 256 << 10;

    private final PictureDecoder pictures;
    private final boolean redLow;
    private final Bytes quantization = new Bytes();
    private final Bytes huffman = new Bytes();
    private final Bytes segments = new Bytes();
    private final Bytes picture = new Bytes();
    private boolean newQuantization;
    private boolean newHuffman;

    /** A growing array that can be looked into. */
    private static final class Bytes extends ByteArrayOutputStream {
        byte[] array() {
            return buf;
        }

        void add(Bytes other) {
            write(other.buf, 0, other.count);
        }
    }

    JpegDecoder(PictureDecoder pictures, boolean redLow) {
        this.pictures = pictures;
        this.redLow = redLow;
    }

    @Override
    public void decode(RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        if (in.u8() != 0xff || in.u8() != START) {
            throw new RfbException("a JPEG rectangle that does not begin with a picture");
        }
        long most = HEAD + 8L * w * h;
        segments.reset();
        newQuantization = false;
        newHuffman = false;
        int marker = marker(in, most);
        while (marker != END) {
            marker = marker == SCAN ? scan(in, most) : segment(in, marker, most);
        }
        picture.reset();
        picture.write(0xff);
        picture.write(START);
        // Of each kind the last tables that came, be it in this picture; the scan is behind them in any case.
        if (!newQuantization) {
            picture.add(quantization);
        }
        if (!newHuffman) {
            picture.add(huffman);
        }
        picture.add(segments);
        picture.write(0xff);
        picture.write(END);
        pictures.decode(picture.array(), 0, picture.size(), frame, x, y, w, h, redLow);
    }

    private int marker(RfbInput in, long most) throws IOException {
        if (in.u8() != 0xff) {
            throw new RfbException("a JPEG rectangle with something other than a marker where one must be");
        }
        int marker = in.u8();
        // A marker may be preceded by any number of fill bytes (ITU-T T.81, B.1.1.2).
        for (long fill = 0; marker == 0xff; fill++) {
            checkSize(fill, most);
            marker = in.u8();
        }
        return marker;
    }

    /** Takes a marker and what belongs to it; answers with the next marker. */
    private int segment(RfbInput in, int marker, long most) throws IOException {
        if (marker == START || marker <= 1 || marker >= 0xd0 && marker <= 0xd7) {
            throw new RfbException("a JPEG rectangle with the marker " + marker + " where it makes no sense");
        }
        int length = in.u16();
        if (length < 2) {
            throw new RfbException("a JPEG segment of " + length + " bytes");
        }
        in.require(length - 2);
        if (marker == QUANTIZATION) {
            newQuantization = tables(quantization, newQuantization, marker, in, length);
        } else if (marker == HUFFMAN) {
            newHuffman = tables(huffman, newHuffman, marker, in, length);
        }
        put(segments, marker, in, length);
        in.skip(length - 2);
        checkSize(segments.size(), most);
        return marker(in, most);
    }

    private static boolean tables(Bytes kept, boolean more, int marker, RfbInput in, int length) {
        if (!more) {
            kept.reset();
        }
        put(kept, marker, in, length);
        return true;
    }

    private static void put(Bytes to, int marker, RfbInput in, int length) {
        to.write(0xff);
        to.write(marker);
        to.write(length >> 8);
        to.write(length);
        to.write(in.array(), in.position(), length - 2);
    }

    /** Takes the head of a scan and its coded data, in which 0xff stands before a zero or a restart marker only. */
    private int scan(RfbInput in, long most) throws IOException {
        int length = in.u16();
        if (length < 2) {
            throw new RfbException("a JPEG scan with a head of " + length + " bytes");
        }
        in.require(length - 2);
        put(segments, SCAN, in, length);
        in.skip(length - 2);
        while (true) {
            in.require(1);
            byte[] bytes = in.array();
            int start = in.position();
            int end = start + in.available();
            int p = start;
            while (p < end && bytes[p] != (byte) 0xff) {
                p++;
            }
            segments.write(bytes, start, p - start);
            in.position(p);
            checkSize(segments.size(), most);
            if (p < end) {
                int marker = marker(in, most);
                if (marker != 0 && (marker < 0xd0 || marker > 0xd7)) {
                    return marker;
                }
                segments.write(0xff);
                segments.write(marker);
            }
        }
    }

    private static void checkSize(long size, long most) throws RfbException {
        if (size > most) {
            throw new RfbException("a JPEG rectangle of more than " + most + " bytes, which its size cannot need");
        }
    }

    @Override
    public void close() {
        pictures.close();
    }
}
