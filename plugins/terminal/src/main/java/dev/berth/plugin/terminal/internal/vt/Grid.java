/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.vt;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells with a cursor and a scrolling region; the main one keeps what scrolls off its top. */
final class Grid {

    final Style style = new Style();
    final List<Line> lines = new ArrayList<>();
    final History history;
    int columns;
    int rows;
    int x;
    int y;
    int top;
    int bottom;
    /** The cursor stands behind the last column: the next character goes to the next line. */
    boolean pending;

    Grid(int columns, int rows, int kept) {
        this.columns = columns;
        this.rows = rows;
        history = new History(kept);
        for (int i = 0; i < rows; i++) {
            lines.add(new Line(columns, style));
        }
        bottom = rows - 1;
    }

    Line line() {
        return lines.get(y);
    }

    void move(int toX, int toY) {
        x = Math.max(0, Math.min(columns - 1, toX));
        y = Math.max(0, Math.min(rows - 1, toY));
        pending = false;
    }

    /** Scrolls a part of the region up; lines that leave the top of the screen are kept. */
    void up(int from, int count) {
        for (int i = 0; i < Math.min(count, bottom - from + 1); i++) {
            Line gone = lines.remove(from);
            if (from == 0 && history.limit() > 0) {
                history.add(gone);
                gone = new Line(columns, style);
            } else {
                gone.clear(0, columns, style);
                gone.wrapped = false;
            }
            lines.add(bottom, gone);
        }
    }

    void down(int from, int count) {
        for (int i = 0; i < Math.min(count, bottom - from + 1); i++) {
            Line gone = lines.remove(bottom);
            gone.clear(0, columns, style);
            gone.wrapped = false;
            lines.add(from, gone);
        }
    }

    void feed() {
        if (y == bottom) {
            up(top, 1);
        } else if (y < rows - 1) {
            y++;
        }
    }

    void back() {
        if (y == top) {
            down(top, 1);
        } else if (y > 0) {
            y--;
        }
    }

    void region(int first, int last) {
        if (first < last && last < rows && first >= 0) {
            top = first;
            bottom = last;
        }
    }

    void resize(int toColumns, int toRows) {
        while (rows > toRows) {
            // Blank lines below the cursor go first; then the top goes where what has scrolled off is.
            if (y < rows - 1) {
                lines.remove(rows - 1);
            } else {
                Line gone = lines.remove(0);
                if (history.limit() > 0) {
                    history.add(gone);
                }
                y--;
            }
            rows--;
        }
        while (rows < toRows) {
            Line last = history.takeLast();
            if (last == null) {
                lines.add(new Line(toColumns, style));
            } else {
                lines.add(0, last);
                y++;
            }
            rows++;
        }
        columns = toColumns;
        for (Line line : lines) {
            line.resize(columns, style);
        }
        top = 0;
        bottom = rows - 1;
        move(x, y);
    }

    void clear() {
        for (Line line : lines) {
            line.clear(0, columns, style);
            line.wrapped = false;
        }
    }
}
