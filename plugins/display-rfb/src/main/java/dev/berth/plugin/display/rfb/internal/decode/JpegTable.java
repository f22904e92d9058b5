/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.util.Arrays;

/** A Huffman table of JPEG (ITU-T T.81, annex C), made for looking up several bits at once. */
final class JpegTable {

    /** How many bits are looked up. */
    static final int BITS = 10;

    static final int MASK = (1 << BITS) - 1;

    /** By the next bits: length of the code and symbol, {@code length << 8 | symbol}; 0 for longer codes. */
    final short[] fast = new short[1 << BITS];

    /** In place of a run: the block ends here. */
    static final int END = 128;

    /** By the next bits, if code and value lie in them: {@code value << 16 | run << 8 | bits}; 0 otherwise. */
    final int[] quick = new int[1 << BITS];

    /** By length: the last code; -1 if there is none. */
    final int[] last = new int[17];

    /** By length: what to add to a code to find its symbol. */
    final int[] first = new int[17];

    final int[] symbols = new int[256];

    /** Reads the sixteen counts and the symbols; answers how many bytes that were. */
    int read(byte[] from, int start, int end) throws RfbException {
        if (end - start < 16) {
            throw broken();
        }
        Arrays.fill(fast, (short) 0);
        Arrays.fill(quick, 0);
        Arrays.fill(symbols, 0);
        int total = 0;
        int code = 0;
        for (int length = 1; length <= 16; length++) {
            int n = from[start + length - 1] & 0xff;
            if (total + n > 256 || start + 16 + total + n > end || code + n > 1 << length) {
                throw broken();
            }
            first[length] = total - code;
            for (int i = 0; i < n; i++) {
                symbols[total] = from[start + 16 + total] & 0xff;
                if (length <= BITS) {
                    int low = code << BITS - length;
                    Arrays.fill(fast, low, low + (1 << BITS - length), (short) (length << 8 | symbols[total]));
                }
                total++;
                code++;
            }
            last[length] = n == 0 ? -1 : code - 1;
            code <<= 1;
        }
        for (int i = 0; i < fast.length; i++) {
            int length = fast[i] >> 8;
            int size = fast[i] & 15;
            if (length > 0 && (fast[i] & 0xff) == 0) {
                quick[i] = END << 8 | length;
            } else if (length > 0 && size > 0 && length + size <= BITS) {
                int value = i >> BITS - length - size & (1 << size) - 1;
                int signed = value < 1 << size - 1 ? value - (1 << size) + 1 : value;
                quick[i] = signed << 16 | (fast[i] >> 4 & 15) << 8 | length + size;
            }
        }
        return 16 + total;
    }

    private static RfbException broken() {
        return new RfbException("a JPEG picture with a broken code table");
    }
}
