/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.api.display.CursorImage;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;

/** Pointer shapes: Cursor and XCursor (RFC 6143, 7.8.1; RFB community specification), Cursor With Alpha and VMware's. */
public final class CursorDecoder {

    private static final int MAX_SIDE = 1024;

    private final PixelFormat format;

    /** For a pixel format. */
    public CursorDecoder(PixelFormat format) {
        this.format = format;
    }

    /** Reads the shape that follows the head of a rectangle. */
    public CursorImage decode(int encoding, RfbInput in, int hotX, int hotY, int w, int h) throws IOException {
        if (w > MAX_SIDE || h > MAX_SIDE) {
            throw new RfbException("a pointer of " + w + "x" + h);
        }
        int[] argb = switch (encoding) {
            case Encodings.CURSOR -> pixelsAndMask(in, w, h);
            case Encodings.X_CURSOR -> bitmaps(in, w, h);
            case Encodings.VMWARE_CURSOR -> vmware(in, w, h);
            default -> alpha(in, w, h);
        };
        if (argb.length == 0) {
            return CursorImage.HIDDEN;
        }
        return new CursorImage(w, h, Math.min(hotX, w - 1), Math.min(hotY, h - 1), argb);
    }

    private int[] pixelsAndMask(RfbInput in, int w, int h) throws IOException {
        int size = format.size();
        byte[] pixels = in.bytes(w * h * size);
        byte[] mask = in.bytes((w + 7 >> 3) * h);
        int[] argb = new int[w * h];
        for (int i = 0; i < argb.length; i++) {
            argb[i] = bit(mask, w, i) ? opaque(format.pixel(pixels, i * size)) : 0;
        }
        return argb;
    }

    private int opaque(int pixel) {
        int rgb = format.redLow() ? Integer.reverseBytes(pixel) >>> 8 : pixel;
        return 0xff000000 | rgb;
    }

    private static int[] bitmaps(RfbInput in, int w, int h) throws IOException {
        if (w == 0 || h == 0) {
            return new int[0];
        }
        int foreground = in.u8() << 16 | in.u8() << 8 | in.u8();
        int background = in.u8() << 16 | in.u8() << 8 | in.u8();
        byte[] shape = in.bytes((w + 7 >> 3) * h);
        byte[] mask = in.bytes((w + 7 >> 3) * h);
        int[] argb = new int[w * h];
        for (int i = 0; i < argb.length; i++) {
            if (bit(mask, w, i)) {
                argb[i] = 0xff000000 | (bit(shape, w, i) ? foreground : background);
            }
        }
        return argb;
    }

    private static int[] alpha(RfbInput in, int w, int h) throws IOException {
        int encoding = in.s32();
        if (encoding != Encodings.RAW) {
            throw new RfbException("a pointer with alpha in " + Encodings.name(encoding));
        }
        byte[] rgba = in.bytes(w * h * 4);
        int[] argb = new int[w * h];
        for (int i = 0; i < argb.length; i++) {
            int a = rgba[4 * i + 3] & 0xff;
            argb[i] =
                    a << 24 | plain(rgba[4 * i], a) << 16 | plain(rgba[4 * i + 1], a) << 8 | plain(rgba[4 * i + 2], a);
        }
        return argb;
    }

    /** VMware Cursor: either two masks for the screen's pixels, or straight alpha. */
    private int[] vmware(RfbInput in, int w, int h) throws IOException {
        int kind = in.u8();
        in.skip(1);
        int[] argb = new int[w * h];
        if (kind == 1) {
            byte[] rgba = in.bytes(w * h * 4);
            for (int i = 0; i < argb.length; i++) {
                argb[i] = (rgba[4 * i + 3] & 0xff) << 24
                        | (rgba[4 * i] & 0xff) << 16
                        | (rgba[4 * i + 1] & 0xff) << 8
                        | rgba[4 * i + 2] & 0xff;
            }
            return argb;
        }
        if (kind != 0) {
            throw new RfbException("a pointer of VMware's kind " + kind);
        }
        int size = format.size();
        byte[] and = in.bytes(w * h * size);
        byte[] xor = in.bytes(w * h * size);
        for (int i = 0; i < argb.length; i++) {
            int kept = opaque(format.pixel(and, i * size)) & 0xffffff;
            int put = opaque(format.pixel(xor, i * size)) & 0xffffff;
            // What leaves the screen as it is, is no part of the shape; what inverts it cannot be had, and is black.
            argb[i] = kept == 0 ? 0xff000000 | put : put == 0 ? 0 : 0xff000000;
        }
        return argb;
    }

    /** A channel without the alpha that it was multiplied by. */
    private static int plain(byte channel, int alpha) {
        return alpha == 0 ? 0 : Math.min(255, ((channel & 0xff) * 255 + alpha / 2) / alpha);
    }

    private static boolean bit(byte[] bitmap, int w, int index) {
        int x = index % w;
        return (bitmap[index / w * (w + 7 >> 3) + (x >> 3)] >> 7 - (x & 7) & 1) != 0;
    }
}
