/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;

/** The server's side of the encodings, as plainly as can be, choosing at random among the forms that fit. */
final class Encoder {

    private final Random random;
    private final Map<Integer, Deflater> streams = new LinkedHashMap<>();

    Encoder(Random random) {
        this.random = random;
    }

    /** A picture: pixels of one rectangle. */
    record Part(int w, int h, int[] rgb) {
        int at(int x, int y) {
            return rgb[y * w + x];
        }

        Part part(int x, int y, int width, int height) {
            int[] rgb = new int[width * height];
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = at(x + i % width, y + i / width);
            }
            return new Part(width, height, rgb);
        }

        List<Integer> colours() {
            Map<Integer, Integer> seen = new LinkedHashMap<>();
            for (int pixel : rgb) {
                seen.merge(pixel, 1, Integer::sum);
            }
            return new ArrayList<>(seen.keySet());
        }
    }

    static final class Bytes extends ByteArrayOutputStream {
        void u8(int value) {
            write(value);
        }

        void u16(int value) {
            write(value >> 8);
            write(value);
        }

        void s32(int value) {
            u16(value >> 16);
            u16(value);
        }

        /** A pixel of {@link PixelFormat#BERTH}. */
        void pixel(int rgb) {
            write(rgb);
            write(rgb >> 8);
            write(rgb >> 16);
            write(0);
        }

        void cpixel(int rgb) {
            write(rgb);
            write(rgb >> 8);
            write(rgb >> 16);
        }

        void tpixel(int rgb) {
            write(rgb >> 16);
            write(rgb >> 8);
            write(rgb);
        }

        void all(byte[] bytes) {
            write(bytes, 0, bytes.length);
        }
    }

    private byte[] deflate(int stream, byte[] plain) {
        Deflater deflater = streams.computeIfAbsent(stream, s -> new Deflater(1 + random.nextInt(9)));
        deflater.setInput(plain);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        int n;
        do {
            n = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            packed.write(part, 0, n);
        } while (n == part.length);
        return packed.toByteArray();
    }

    byte[] raw(Part part) {
        Bytes out = new Bytes();
        for (int pixel : part.rgb) {
            out.pixel(pixel);
        }
        return out.toByteArray();
    }

    byte[] zlib(Part part) {
        Bytes out = new Bytes();
        byte[] packed = deflate(10, raw(part));
        out.s32(packed.length);
        out.all(packed);
        return out.toByteArray();
    }

    byte[] rre(Part part) {
        Bytes out = new Bytes();
        int background = part.rgb[0];
        Bytes parts = new Bytes();
        int count = 0;
        for (int y = 0; y < part.h; y++) {
            for (int x = 0; x < part.w; ) {
                int run = run(part, x, y);
                if (part.at(x, y) != background) {
                    parts.pixel(part.at(x, y));
                    parts.u16(x);
                    parts.u16(y);
                    parts.u16(run);
                    parts.u16(1);
                    count++;
                }
                x += run;
            }
        }
        out.s32(count);
        out.pixel(background);
        out.all(parts.toByteArray());
        return out.toByteArray();
    }

    private static int run(Part part, int x, int y) {
        int end = x + 1;
        while (end < part.w && part.at(end, y) == part.at(x, y)) {
            end++;
        }
        return end - x;
    }

    byte[] hextile(Part whole) {
        Bytes out = new Bytes();
        int background = -1;
        int foreground = -1;
        for (int y = 0; y < whole.h; y += 16) {
            for (int x = 0; x < whole.w; x += 16) {
                Part tile = whole.part(x, y, Math.min(16, whole.w - x), Math.min(16, whole.h - y));
                List<Integer> colours = tile.colours();
                Bytes parts = new Bytes();
                int count = 0;
                boolean two = colours.size() <= 2;
                for (int ty = 0; ty < tile.h; ty++) {
                    for (int tx = 0; tx < tile.w; ) {
                        int run = run(tile, tx, ty);
                        if (tile.at(tx, ty) != colours.get(0)) {
                            if (!two) {
                                parts.pixel(tile.at(tx, ty));
                            }
                            parts.u8(tx << 4 | ty);
                            parts.u8(run - 1 << 4);
                            count++;
                        }
                        tx += run;
                    }
                }
                if (count > 255 || random.nextInt(10) == 0) {
                    out.u8(1);
                    out.all(raw(tile));
                    background = -1;
                    foreground = -1;
                    continue;
                }
                boolean newBackground = colours.get(0) != background;
                boolean newForeground = two && colours.size() == 2 && colours.get(1) != foreground;
                out.u8((newBackground ? 2 : 0)
                        | (newForeground ? 4 : 0)
                        | (count > 0 ? 8 : 0)
                        | (two || count == 0 ? 0 : 16));
                if (newBackground) {
                    background = colours.get(0);
                    out.pixel(background);
                }
                if (newForeground) {
                    foreground = colours.get(1);
                    out.pixel(foreground);
                }
                if (count > 0) {
                    out.u8(count);
                    out.all(parts.toByteArray());
                }
                if (!two) {
                    foreground = -1;
                }
            }
        }
        return out.toByteArray();
    }

    byte[] zrle(Part whole) {
        Bytes plain = new Bytes();
        for (int y = 0; y < whole.h; y += 64) {
            for (int x = 0; x < whole.w; x += 64) {
                zrleTile(plain, whole.part(x, y, Math.min(64, whole.w - x), Math.min(64, whole.h - y)));
            }
        }
        Bytes out = new Bytes();
        byte[] packed = deflate(11, plain.toByteArray());
        out.s32(packed.length);
        out.all(packed);
        return out.toByteArray();
    }

    private void zrleTile(Bytes out, Part tile) {
        List<Integer> colours = tile.colours();
        int form = random.nextInt(4);
        if (colours.size() == 1 && form != 0) {
            out.u8(1);
            out.cpixel(colours.get(0));
        } else if (colours.size() > 1 && colours.size() <= 16 && form <= 1) {
            out.u8(colours.size());
            colours.forEach(out::cpixel);
            int bits = colours.size() == 2 ? 1 : colours.size() <= 4 ? 2 : 4;
            for (int y = 0; y < tile.h; y++) {
                int value = 0;
                int filled = 0;
                for (int x = 0; x < tile.w; x++) {
                    value = value << bits | colours.indexOf(tile.at(x, y));
                    filled += bits;
                    if (filled == 8) {
                        out.u8(value);
                        value = 0;
                        filled = 0;
                    }
                }
                if (filled > 0) {
                    out.u8(value << 8 - filled);
                }
            }
        } else if (form == 2) {
            out.u8(128);
            runs(tile, (pixel, length) -> {
                out.cpixel(pixel);
                length(out, length);
            });
        } else if (colours.size() > 1 && colours.size() <= 127 && form == 3) {
            out.u8(128 + colours.size());
            colours.forEach(out::cpixel);
            runs(tile, (pixel, length) -> {
                int index = colours.indexOf(pixel);
                out.u8(length == 1 ? index : index | 0x80);
                if (length > 1) {
                    length(out, length);
                }
            });
        } else {
            out.u8(0);
            for (int pixel : tile.rgb) {
                out.cpixel(pixel);
            }
        }
    }

    private interface Run {
        void write(int pixel, int length);
    }

    private static void runs(Part tile, Run to) {
        int start = 0;
        for (int i = 1; i <= tile.rgb.length; i++) {
            if (i == tile.rgb.length || tile.rgb[i] != tile.rgb[start]) {
                to.write(tile.rgb[start], i - start);
                start = i;
            }
        }
    }

    private static void length(Bytes out, int length) {
        int left = length - 1;
        while (left >= 255) {
            out.u8(255);
            left -= 255;
        }
        out.u8(left);
    }

    byte[] tight(Part part) {
        Bytes out = new Bytes();
        List<Integer> colours = part.colours();
        if (colours.size() == 1 && random.nextInt(4) != 0) {
            out.u8(0x80);
            out.tpixel(colours.get(0));
            return out.toByteArray();
        }
        int stream = random.nextInt(4);
        int reset = 0;
        if (random.nextInt(8) == 0) {
            reset = 1 << stream;
            Deflater old = streams.remove(stream);
            if (old != null) {
                old.end();
            }
        }
        int form = random.nextInt(3);
        Bytes plain = new Bytes();
        if (form == 0 && colours.size() > 1 && colours.size() <= 256) {
            out.u8(0x40 | stream << 4 | reset);
            out.u8(1);
            out.u8(colours.size() - 1);
            colours.forEach(out::tpixel);
            for (int y = 0; y < part.h; y++) {
                if (colours.size() == 2) {
                    for (int x = 0; x < part.w; x += 8) {
                        int value = 0;
                        for (int i = 0; i < 8; i++) {
                            value = value << 1 | (x + i < part.w && part.at(x + i, y) == colours.get(1) ? 1 : 0);
                        }
                        plain.u8(value);
                    }
                } else {
                    for (int x = 0; x < part.w; x++) {
                        plain.u8(colours.indexOf(part.at(x, y)));
                    }
                }
            }
        } else if (form == 1) {
            out.u8(0x40 | stream << 4 | reset);
            out.u8(2);
            for (int y = 0; y < part.h; y++) {
                for (int x = 0; x < part.w; x++) {
                    for (int shift = 16; shift >= 0; shift -= 8) {
                        int left = x > 0 ? part.at(x - 1, y) >> shift & 255 : 0;
                        int up = y > 0 ? part.at(x, y - 1) >> shift & 255 : 0;
                        int corner = x > 0 && y > 0 ? part.at(x - 1, y - 1) >> shift & 255 : 0;
                        plain.u8((part.at(x, y) >> shift & 255) - Math.max(0, Math.min(255, left + up - corner)));
                    }
                }
            }
        } else {
            boolean explicit = random.nextBoolean();
            out.u8((explicit ? 0x40 : 0) | stream << 4 | reset);
            if (explicit) {
                out.u8(0);
            }
            for (int pixel : part.rgb) {
                plain.tpixel(pixel);
            }
        }
        byte[] bytes = plain.toByteArray();
        if (bytes.length < 12) {
            out.all(bytes);
        } else {
            byte[] packed = deflate(stream, bytes);
            compactLength(out, packed.length);
            out.all(packed);
        }
        return out.toByteArray();
    }

    static void compactLength(Bytes out, int length) {
        if (length < 128) {
            out.u8(length);
        } else if (length < 1 << 14) {
            out.u8(length & 0x7f | 0x80);
            out.u8(length >> 7);
        } else {
            out.u8(length & 0x7f | 0x80);
            out.u8(length >> 7 & 0x7f | 0x80);
            out.u8(length >> 14);
        }
    }
}
