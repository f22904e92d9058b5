/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.vt;

import java.util.Arrays;

/** Takes a stream of bytes apart: UTF-8 characters, control characters, and escape sequences (ECMA-48; DEC STD 070). */
final class Parser {

    private static final int MOST_NUMBERS = 32;
    private static final int MOST_TEXT = 4096;
    private static final int LARGEST = 65_535;

    /** What the stream says. */
    interface Actions {
        void print(int character);

        void control(int character);

        void escape(char intermediate, char last);

        void csi(char prefix, char intermediate, int[] numbers, int count, char last);

        void osc(String text);
    }

    private enum State {
        GROUND,
        ESCAPE,
        CSI,
        CSI_IGNORE,
        OSC,
        STRING
    }

    private final Actions actions;
    private State state = State.GROUND;
    private final int[] numbers = new int[MOST_NUMBERS];
    private int count;
    private char prefix;
    private char intermediate;
    private final StringBuilder text = new StringBuilder();
    private boolean escapeInString;
    private int point;
    private int expected;
    private int least;

    Parser(Actions actions) {
        this.actions = actions;
    }

    void feed(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            utf8(bytes[i] & 0xff);
        }
    }

    private void utf8(int b) {
        if (expected > 0) {
            if ((b & 0xc0) == 0x80) {
                point = point << 6 | b & 0x3f;
                if (--expected == 0) {
                    boolean valid = point >= least && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
                    next(valid ? point : 0xfffd);
                }
                return;
            }
            expected = 0;
            next(0xfffd);
        }
        if (b < 0x80) {
            next(b);
        } else if (b >= 0xc2 && b < 0xe0) {
            begin(b & 0x1f, 1, 0x80);
        } else if (b >= 0xe0 && b < 0xf0) {
            begin(b & 0x0f, 2, 0x800);
        } else if (b >= 0xf0 && b < 0xf5) {
            begin(b & 0x07, 3, 0x10000);
        } else {
            next(0xfffd);
        }
    }

    private void begin(int bits, int more, int smallest) {
        point = bits;
        expected = more;
        least = smallest;
    }

    private void next(int c) {
        if (state == State.OSC || state == State.STRING) {
            string(c);
            return;
        }
        if (c == 0x1b) {
            enterEscape();
            return;
        }
        if (c == 0x18 || c == 0x1a) {
            state = State.GROUND;
            return;
        }
        if (c < 0x20) {
            actions.control(c);
            return;
        }
        switch (state) {
            case GROUND -> {
                if (c != 0x7f && (c < 0x80 || c > 0x9f)) {
                    actions.print(c);
                }
            }
            case ESCAPE -> escape((char) c);
            case CSI -> csi((char) c);
            default -> {
                if (c >= 0x40 && c < 0x7f) {
                    state = State.GROUND;
                }
            }
        }
    }

    private void enterEscape() {
        state = State.ESCAPE;
        intermediate = 0;
        prefix = 0;
        count = 0;
        Arrays.fill(numbers, -1);
    }

    private void escape(char c) {
        if (c >= 0x20 && c < 0x30) {
            intermediate = c;
        } else if (c == '[' && intermediate == 0) {
            state = State.CSI;
        } else if (c == ']' && intermediate == 0) {
            startString(State.OSC);
        } else if ((c == 'P' || c == 'X' || c == '^' || c == '_') && intermediate == 0) {
            startString(State.STRING);
        } else {
            state = State.GROUND;
            if (c < 0x7f) {
                actions.escape(intermediate, c);
            }
        }
    }

    private void startString(State kind) {
        state = kind;
        text.setLength(0);
        escapeInString = false;
    }

    private void string(int c) {
        boolean ends = c == 0x07 || escapeInString && c == '\\' || c == 0x18 || c == 0x1a;
        if (ends) {
            boolean told = state == State.OSC && c != 0x18 && c != 0x1a;
            state = State.GROUND;
            if (told) {
                actions.osc(text.toString());
            }
        } else if (escapeInString) {
            // Something else than the end: a sequence of its own begins.
            enterEscape();
            next(c);
        } else if (c == 0x1b) {
            escapeInString = true;
        } else if (text.length() < MOST_TEXT && state == State.OSC) {
            text.appendCodePoint(c);
        }
    }

    private void csi(char c) {
        if (c >= '0' && c <= '9') {
            if (count == 0) {
                count = 1;
            }
            int at = count - 1;
            numbers[at] = Math.min(LARGEST, Math.max(0, numbers[at]) * 10 + c - '0');
        } else if (c == ';' || c == ':') {
            count = Math.min(MOST_NUMBERS, Math.max(1, count) + 1);
        } else if (c >= 0x3c && c <= 0x3f) {
            prefix = c;
        } else if (c >= 0x20 && c < 0x30) {
            intermediate = c;
        } else if (c >= 0x40 && c < 0x7f) {
            state = State.GROUND;
            actions.csi(prefix, intermediate, numbers, count, c);
        } else {
            state = State.CSI_IGNORE;
        }
    }
}
