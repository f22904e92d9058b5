/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.vt;

/** How characters are drawn from now on (ECMA-48, 8.3.117: SGR). */
public final class Style {

    /** A colour that the theme chooses. */
    public static final int DEFAULT = -1;

    /** Set in a colour that is 0xRRGGBB itself; others below 256 stand for xterm's palette. */
    public static final int RGB = 1 << 24;

    public static final int BOLD = 1;
    public static final int DIM = 2;
    public static final int ITALIC = 4;
    public static final int UNDERLINE = 8;
    public static final int INVERSE = 16;
    public static final int HIDDEN = 32;
    public static final int STRIKE = 64;

    /** The first cell of a character that takes two. */
    public static final int WIDE = 128;

    /** The second. */
    public static final int TAIL = 256;

    int front = DEFAULT;
    int back = DEFAULT;
    int flags;

    void reset() {
        front = DEFAULT;
        back = DEFAULT;
        flags = 0;
    }

    Style copy() {
        Style copy = new Style();
        copy.front = front;
        copy.back = back;
        copy.flags = flags;
        return copy;
    }

    /** Applies the numbers of an SGR sequence; unknown ones are passed over. */
    void apply(int[] numbers, int count) {
        if (count == 0) {
            reset();
        }
        for (int i = 0; i < count; i++) {
            int n = Math.max(0, numbers[i]);
            if (n == 38 || n == 48) {
                i = colour(numbers, count, i, n == 38);
            } else {
                one(n);
            }
        }
    }

    private int colour(int[] numbers, int count, int at, boolean inFront) {
        int kind = at + 1 < count ? numbers[at + 1] : 0;
        int value;
        int last;
        if (kind == 5 && at + 2 < count) {
            value = numbers[at + 2] & 0xff;
            last = at + 2;
        } else if (kind == 2 && at + 4 < count) {
            value = RGB | (numbers[at + 2] & 0xff) << 16 | (numbers[at + 3] & 0xff) << 8 | numbers[at + 4] & 0xff;
            last = at + 4;
        } else {
            return count;
        }
        if (inFront) {
            front = value;
        } else {
            back = value;
        }
        return last;
    }

    private void one(int n) {
        switch (n) {
            case 0 -> reset();
            case 1 -> flags |= BOLD;
            case 2 -> flags |= DIM;
            case 3 -> flags |= ITALIC;
            case 4, 21 -> flags |= UNDERLINE;
            case 7 -> flags |= INVERSE;
            case 8 -> flags |= HIDDEN;
            case 9 -> flags |= STRIKE;
            case 22 -> flags &= ~(BOLD | DIM);
            case 23 -> flags &= ~ITALIC;
            case 24 -> flags &= ~UNDERLINE;
            case 27 -> flags &= ~INVERSE;
            case 28 -> flags &= ~HIDDEN;
            case 29 -> flags &= ~STRIKE;
            case 39 -> front = DEFAULT;
            case 49 -> back = DEFAULT;
            default -> {
                if (n >= 30 && n <= 37) {
                    front = n - 30;
                } else if (n >= 40 && n <= 47) {
                    back = n - 40;
                } else if (n >= 90 && n <= 97) {
                    front = n - 90 + 8;
                } else if (n >= 100 && n <= 107) {
                    back = n - 100 + 8;
                }
            }
        }
    }
}
