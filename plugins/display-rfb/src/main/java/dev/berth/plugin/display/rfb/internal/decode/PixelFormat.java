/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a server writes a pixel (RFC 6143, 7.4), and what becomes of it in a {@link Frame}.
 *
 * <p>A <em>direct</em> format is one whose little-endian 32-bit value goes into the frame as it is, whatever its top byte. That is the
 * format that Berth asks for, {@link #BERTH}; any other is turned into 0xRRGGBB pixel by pixel. Recordings made for other decoders
 * state red in the low byte: {@link #asStored} makes those direct too, for whoever can live with red and blue exchanged.
 */
public final class PixelFormat {

    /** The size of the structure on the wire. */
    public static final int WIRE_SIZE = 16;

    /** 32 bits, depth 24, little endian, 0xRRGGBB. */
    public static final PixelFormat BERTH = new PixelFormat(32, 24, false, true, 255, 255, 255, 16, 8, 0, false);

    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT_LE =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_BE = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final int bits;
    private final int depth;
    private final boolean bigEndian;
    private final boolean trueColour;
    private final int redMax;
    private final int greenMax;
    private final int blueMax;
    private final int redShift;
    private final int greenShift;
    private final int blueShift;
    private final boolean direct;
    private final boolean redLow;
    private final boolean compact;
    private final int compactShift;
    private final boolean tightRgb;

    private PixelFormat(
            int bits,
            int depth,
            boolean bigEndian,
            boolean trueColour,
            int redMax,
            int greenMax,
            int blueMax,
            int redShift,
            int greenShift,
            int blueShift,
            boolean stored) {
        this.bits = bits;
        this.depth = depth;
        this.bigEndian = bigEndian;
        this.trueColour = trueColour;
        this.redMax = redMax;
        this.greenMax = greenMax;
        this.blueMax = blueMax;
        this.redShift = redShift;
        this.greenShift = greenShift;
        this.blueShift = blueShift;
        boolean full = bits == 32 && trueColour && redMax == 255 && greenMax == 255 && blueMax == 255;
        boolean plain = full && !bigEndian && greenShift == 8;
        this.redLow = stored && plain && redShift == 0 && blueShift == 16;
        this.direct = redLow || plain && redShift == 16 && blueShift == 0;
        long mask = (long) redMax << redShift | (long) greenMax << greenShift | (long) blueMax << blueShift;
        boolean low = (mask & 0xff000000L) == 0;
        boolean high = (mask & 0xffL) == 0;
        this.compact = bits == 32 && depth <= 24 && (low || high);
        this.compactShift = low ? 0 : 8;
        this.tightRgb = full && depth == 24;
    }

    /** Reads the structure. */
    public static PixelFormat read(RfbInput in) throws IOException {
        int bits = in.u8();
        int depth = in.u8();
        boolean bigEndian = in.u8() != 0;
        // x11vnc says 255 here, so anything but zero is true.
        boolean trueColour = in.u8() != 0;
        int redMax = in.u16();
        int greenMax = in.u16();
        int blueMax = in.u16();
        int redShift = in.u8();
        int greenShift = in.u8();
        int blueShift = in.u8();
        in.skip(3);
        if (bits != 8 && bits != 16 && bits != 32) {
            throw new RfbException("pixels of " + bits + " bits");
        }
        if (redShift > 31 || greenShift > 31 || blueShift > 31) {
            throw new RfbException("a pixel format with a shift above 31");
        }
        return new PixelFormat(
                bits, depth, bigEndian, trueColour, redMax, greenMax, blueMax, redShift, greenShift, blueShift, false);
    }

    /** The structure on the wire. */
    public byte[] toBytes() {
        return new byte[] {
            (byte) bits, (byte) depth, (byte) (bigEndian ? 1 : 0), (byte) (trueColour ? 1 : 0),
            (byte) (redMax >> 8), (byte) redMax, (byte) (greenMax >> 8), (byte) greenMax,
            (byte) (blueMax >> 8), (byte) blueMax, (byte) redShift, (byte) greenShift,
            (byte) blueShift, 0, 0, 0
        };
    }

    /** The same format, direct wherever that is possible with red in the low byte of the frame's pixels. */
    public PixelFormat asStored() {
        return new PixelFormat(
                bits, depth, bigEndian, trueColour, redMax, greenMax, blueMax, redShift, greenShift, blueShift, true);
    }

    /** Whether colours are told apart by shifts and not by a colour map. */
    public boolean trueColour() {
        return trueColour;
    }

    /** Whether the 32-bit value goes into the frame as it is. */
    public boolean direct() {
        return direct;
    }

    /** Whether the frame holds 0xBBGGRR. */
    public boolean redLow() {
        return redLow;
    }

    /** Bytes of a pixel. */
    public int size() {
        return bits >> 3;
    }

    /** Bytes of ZRLE's CPIXEL. */
    public int compactSize() {
        return compact ? 3 : bits >> 3;
    }

    /** Bytes of Tight's TPIXEL. */
    public int tightSize() {
        return tightRgb ? 3 : bits >> 3;
    }

    /** The frame's pixel for a PIXEL. */
    public int pixel(byte[] from, int offset) {
        if (direct) {
            return (int) INT_LE.get(from, offset);
        }
        int value = bits == 32
                ? bigEndian ? (int) INT_BE.get(from, offset) : (int) INT_LE.get(from, offset)
                : bits == 16
                        ? (bigEndian ? (short) SHORT_BE.get(from, offset) : (short) SHORT_LE.get(from, offset)) & 0xffff
                        : from[offset] & 0xff;
        return convert(value);
    }

    /** The frame's pixel for a CPIXEL. */
    public int compactPixel(byte[] from, int offset) {
        if (!compact) {
            return pixel(from, offset);
        }
        if (direct) {
            return from[offset] & 0xff | (from[offset + 1] & 0xff) << 8 | (from[offset + 2] & 0xff) << 16;
        }
        int a = from[offset] & 0xff;
        int b = from[offset + 1] & 0xff;
        int c = from[offset + 2] & 0xff;
        int value = bigEndian ? a << 16 | b << 8 | c : c << 16 | b << 8 | a;
        return convert(value << compactShift);
    }

    /** The frame's pixel for a TPIXEL. */
    public int tightPixel(byte[] from, int offset) {
        if (!tightRgb) {
            return pixel(from, offset);
        }
        return rgb(from[offset] & 0xff, from[offset + 1] & 0xff, from[offset + 2] & 0xff);
    }

    /** The frame's pixel for a colour. */
    public int rgb(int red, int green, int blue) {
        return redLow ? blue << 16 | green << 8 | red : red << 16 | green << 8 | blue;
    }

    int redMax() {
        return redMax;
    }

    int greenMax() {
        return greenMax;
    }

    int blueMax() {
        return blueMax;
    }

    /** One pixel from channel values as they stand on the wire, each up to its maximum. */
    int fromChannels(int red, int green, int blue) {
        return rgb(scale(red, redMax), scale(green, greenMax), scale(blue, blueMax));
    }

    /** The value on the wire taken apart: channel 0 red, 1 green, 2 blue. */
    int channel(byte[] from, int offset, int channel) {
        int value = bits == 32
                ? bigEndian ? (int) INT_BE.get(from, offset) : (int) INT_LE.get(from, offset)
                : bits == 16
                        ? (bigEndian ? (short) SHORT_BE.get(from, offset) : (short) SHORT_LE.get(from, offset)) & 0xffff
                        : from[offset] & 0xff;
        return channel == 0
                ? value >>> redShift & redMax
                : channel == 1 ? value >>> greenShift & greenMax : value >>> blueShift & blueMax;
    }

    private int convert(int value) {
        return rgb(
                scale(value >>> redShift & redMax, redMax),
                scale(value >>> greenShift & greenMax, greenMax),
                scale(value >>> blueShift & blueMax, blueMax));
    }

    private static int scale(int value, int max) {
        return max == 255 || max == 0 ? value & 0xff : (value * 255 + max / 2) / max;
    }

    @Override
    public String toString() {
        return bits + " bits, depth " + depth + (bigEndian ? ", big endian" : ", little endian") + ", red " + redMax
                + "<<" + redShift + ", green " + greenMax + "<<" + greenShift + ", blue " + blueMax + "<<" + blueShift;
    }
}
