/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The entropy-coded part of a baseline JPEG picture (ITU-T T.81, annex F.2). Behind its end come zeros. */
final class JpegBits {

    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Where the coefficients of a block stand, in the order that they come in. */
    static final byte[] ZIGZAG = {
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14,
        21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60,
        61, 54, 47, 55, 62, 63
    };

    private byte[] from = new byte[0];
    private int position;
    private int end;
    private long bits;
    private int count;

    /** Begins at a place in an array. */
    void begin(byte[] array, int start, int stop) {
        from = array;
        position = start;
        end = stop;
        bits = 0;
        count = 0;
    }

    /** Goes on behind the restart marker that must come here. */
    void restart() throws RfbException {
        bits = 0;
        count = 0;
        while (position + 1 < end) {
            int marker = from[position + 1] & 0xff;
            if (from[position] == -1 && marker >= 0xd0 && marker <= 0xd7) {
                position += 2;
                return;
            }
            if (from[position] == -1 && marker != 0xff && marker != 0) {
                break;
            }
            position++;
        }
        throw new RfbException("a JPEG picture without the restart marker it announced");
    }

    private void fill() {
        if (count <= 32 && position + 4 <= end) {
            int next = (int) INT_BE.get(from, position);
            if (((~next - 0x01010101) & next & 0x80808080) == 0) {
                bits = bits << 32 | next & 0xffffffffL;
                count += 32;
                position += 4;
                return;
            }
        }
        while (count <= 48) {
            int b = 0;
            if (position < end) {
                b = from[position] & 0xff;
                if (b != 0xff) {
                    position++;
                } else if (position + 1 < end && from[position + 1] == 0) {
                    position += 2;
                } else {
                    // A marker: it stays where it is.
                    b = 0;
                }
            }
            bits = bits << 8 | b;
            count += 8;
        }
    }

    /** The difference that a block's first coefficient begins with. */
    int difference(JpegTable table) throws RfbException {
        if (count < 32) {
            fill();
        }
        int entry = table.quick[(int) (bits >>> count - JpegTable.BITS) & JpegTable.MASK];
        if (entry != 0) {
            count -= entry & 0xff;
            return entry >> 16;
        }
        int size = symbol(table) & 15;
        return size == 0 ? 0 : value(size);
    }

    private int symbol(JpegTable table) throws RfbException {
        int entry = table.fast[(int) (bits >>> count - JpegTable.BITS) & JpegTable.MASK];
        if (entry != 0) {
            count -= entry >> 8;
            return entry & 0xff;
        }
        int code = (int) (bits >>> count - 16) & 0xffff;
        int length = JpegTable.BITS + 1;
        while (length <= 16 && code >>> 16 - length > table.last[length]) {
            length++;
        }
        if (length > 16) {
            throw new RfbException("a JPEG picture with a code that is not in its table");
        }
        count -= length;
        return table.symbols[table.first[length] + (code >>> 16 - length) & 0xff];
    }

    private int value(int size) {
        count -= size;
        int value = (int) (bits >>> count) & (1 << size) - 1;
        return value < 1 << size - 1 ? value - (1 << size) + 1 : value;
    }

    /**
     * Reads the other 63 coefficients.
     *
     * @return the place in the order of the stream of the last one that is not zero
     */
    int coefficients(JpegTable table, int[] quantizers, int[] block) throws RfbException {
        int[] quick = table.quick;
        byte[] order = ZIGZAG;
        int last = 0;
        int k = 1;
        // Here and not in the fields, so that they stay in registers.
        long b = bits;
        int n = count;
        while (k < 64) {
            if (n < 32) {
                int next = position + 4 <= end ? (int) INT_BE.get(from, position) : -1;
                if (((~next - 0x01010101) & next & 0x80808080) == 0) {
                    b = b << 32 | next & 0xffffffffL;
                    n += 32;
                    position += 4;
                } else {
                    bits = b;
                    count = n;
                    fill();
                    b = bits;
                    n = count;
                }
            }
            int entry = quick[(int) (b >>> n - JpegTable.BITS) & JpegTable.MASK];
            if (entry != 0) {
                // Run, size and value in one look.
                k += entry >> 8 & 0xff;
                n -= entry & 0xff;
                if (k > 63) {
                    if (k >= JpegTable.END) {
                        bits = b;
                        count = n;
                        return last;
                    }
                    break;
                }
                block[order[k]] = (entry >> 16) * quantizers[k];
                last = k++;
                continue;
            }
            bits = b;
            count = n;
            int symbol = symbol(table);
            int size = symbol & 15;
            int value = size == 0 ? 0 : value(size);
            b = bits;
            n = count;
            if (size == 0) {
                if (symbol != 0xf0) {
                    return last;
                }
                k += 16;
                continue;
            }
            k += symbol >> 4;
            if (k > 63) {
                break;
            }
            block[order[k]] = value * quantizers[k];
            last = k++;
        }
        bits = b;
        count = n;
        if (k > 64) {
            throw new RfbException("a JPEG picture with a block of more than 64 coefficients");
        }
        return last;
    }
}
