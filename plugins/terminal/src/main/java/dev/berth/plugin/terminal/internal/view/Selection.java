/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.view;

import dev.berth.plugin.terminal.internal.vt.Emulator;
import dev.berth.plugin.terminal.internal.vt.Line;

/** Selected text, in rows counted from the oldest that is kept. */
final class Selection {

    private int startX;
    private int startY;
    private int endX;
    private int endY;
    private boolean active;

    void start(int x, int row, int clicks, Emulator terminal) {
        startX = x;
        endX = x;
        startY = row;
        endY = row;
        active = true;
        Line line = terminal.line(row - terminal.scrolled());
        if (clicks == 2) {
            while (startX > 0 && word(line, startX - 1)) {
                startX--;
            }
            while (endX < line.length() && word(line, endX)) {
                endX++;
            }
        } else if (clicks > 2) {
            startX = 0;
            endX = line.length();
        }
    }

    private static boolean word(Line line, int x) {
        int c = line.character(x);
        return Character.isLetterOrDigit(c) || "_-./~:@%+".indexOf(c) >= 0;
    }

    void extend(int x, int row) {
        endX = x;
        endY = row;
    }

    void clear() {
        active = false;
    }

    boolean active() {
        return active;
    }

    private boolean forward() {
        return startY < endY || startY == endY && startX <= endX;
    }

    /** Whether a cell is selected. */
    boolean has(int x, int row) {
        if (!active) {
            return false;
        }
        boolean forward = forward();
        int fromY = forward ? startY : endY;
        int fromX = forward ? startX : endX;
        int toY = forward ? endY : startY;
        int toX = forward ? endX : startX;
        return (row > fromY || row == fromY && x >= fromX) && (row < toY || row == toY && x < toX);
    }

    String text(Emulator terminal) {
        if (!active) {
            return "";
        }
        boolean forward = forward();
        int fromY = forward ? startY : endY;
        int toY = forward ? endY : startY;
        StringBuilder out = new StringBuilder();
        for (int row = fromY; row <= toY; row++) {
            int screenRow = row - terminal.scrolled();
            Line line = terminal.line(screenRow);
            int from = row == fromY ? (forward ? startX : endX) : 0;
            int to = row == toY ? (forward ? endX : startX) : line.length();
            out.append(line.text(from, to));
            if (row < toY && !terminal.wrapped(screenRow)) {
                out.append('\n');
            }
        }
        return out.toString();
    }
}
