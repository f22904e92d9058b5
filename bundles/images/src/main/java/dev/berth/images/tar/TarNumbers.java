/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.tar;

/** Numbers in tar headers: octal text, or base 256 with the top bit set (GNU). */
final class TarNumbers {

    private TarNumbers() {}

    /** A number that cannot be negative. */
    static long number(byte[] header, int offset, int length) throws TarException {
        long value = signed(header, offset, length);
        if (value < 0) {
            throw new TarException("a header has a negative number where none can be");
        }
        return value;
    }

    /** A size in bytes. */
    static long size(byte[] header, int offset, int length) throws TarException {
        return number(header, offset, length);
    }

    /** A number that may be negative: a time before 1970. */
    static long signed(byte[] header, int offset, int length) throws TarException {
        if ((header[offset] & 0x80) != 0) {
            return base256(header, offset, length);
        }
        long value = 0;
        int i = offset;
        int end = offset + length;
        while (i < end && header[i] == ' ') {
            i++;
        }
        for (; i < end && header[i] != 0 && header[i] != ' '; i++) {
            int digit = header[i] - '0';
            if (digit < 0 || digit > 7 || value >>> 60 != 0) {
                throw new TarException("a header has a malformed number");
            }
            value = value << 3 | digit;
        }
        return value;
    }

    private static long base256(byte[] header, int offset, int length) throws TarException {
        boolean negative = (header[offset] & 0x40) != 0;
        long value = negative ? -1 : 0;
        for (int i = offset; i < offset + length; i++) {
            int octet = header[i] & 0xff;
            if (i == offset) {
                octet = negative ? octet | 0x80 : octet & 0x7f;
            }
            long shifted = value << 8 | octet;
            if (shifted >> 8 != value) {
                throw new TarException("a header has a number that is too large");
            }
            value = shifted;
        }
        return value;
    }
}
