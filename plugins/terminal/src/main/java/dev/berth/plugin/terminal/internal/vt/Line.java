/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.vt;

import java.util.Arrays;

/** A row of cells. */
public final class Line {

    int[] text;
    int[] front;
    int[] back;
    short[] flags;
    /** Whether the next line goes on where this one ends. */
    boolean wrapped;

    Line(int columns, Style style) {
        text = new int[columns];
        front = new int[columns];
        back = new int[columns];
        flags = new short[columns];
        clear(0, columns, style);
    }

    void clear(int from, int to, Style style) {
        int start = Math.max(0, from);
        int end = Math.min(text.length, to);
        if (start < end) {
            Arrays.fill(text, start, end, ' ');
            Arrays.fill(front, start, end, Style.DEFAULT);
            Arrays.fill(back, start, end, style.back);
            Arrays.fill(flags, start, end, (short) 0);
        }
    }

    void set(int column, int character, Style style, int extra) {
        text[column] = character;
        front[column] = style.front;
        back[column] = style.back;
        flags[column] = (short) (style.flags | extra);
    }

    void insert(int column, int count, Style style) {
        int n = Math.min(count, text.length - column);
        for (int i = text.length - 1; i >= column + n; i--) {
            copy(i - n, i);
        }
        clear(column, column + n, style);
    }

    void delete(int column, int count, Style style) {
        int n = Math.min(count, text.length - column);
        for (int i = column; i < text.length - n; i++) {
            copy(i + n, i);
        }
        clear(text.length - n, text.length, style);
    }

    private void copy(int from, int to) {
        text[to] = text[from];
        front[to] = front[from];
        back[to] = back[from];
        flags[to] = flags[from];
    }

    void resize(int columns, Style style) {
        int before = text.length;
        if (columns != before) {
            text = Arrays.copyOf(text, columns);
            front = Arrays.copyOf(front, columns);
            back = Arrays.copyOf(back, columns);
            flags = Arrays.copyOf(flags, columns);
            clear(before, columns, style);
        }
    }

    /** The number of cells. */
    public int length() {
        return text.length;
    }

    /** The character in a cell, as a code point. */
    public int character(int column) {
        return text[column];
    }

    /** The colour of a cell's character; see {@link Style}. */
    public int front(int column) {
        return front[column];
    }

    /** The colour behind it. */
    public int back(int column) {
        return back[column];
    }

    /** How it is drawn; see {@link Style}. */
    public int flags(int column) {
        return flags[column];
    }

    /** The text of some cells, without blanks at the end when the line ends there. */
    public String text(int from, int to) {
        StringBuilder out = new StringBuilder();
        for (int i = Math.max(0, from); i < Math.min(to, text.length); i++) {
            if ((flags[i] & Style.TAIL) == 0) {
                out.appendCodePoint(text[i]);
            }
        }
        return to >= text.length && !wrapped ? out.toString().stripTrailing() : out.toString();
    }
}
