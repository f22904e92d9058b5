/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.view;

import dev.berth.plugin.terminal.internal.vt.Emulator;
import dev.berth.plugin.terminal.internal.vt.Line;
import dev.berth.plugin.terminal.internal.vt.Style;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Toolkit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws cells: neighbours alike in one go, each character at its own place so that columns stand under each other. */
final class CellPainter {

    private @Nullable Palette palette;
    private Font plain = new Font(Font.MONOSPACED, Font.PLAIN, 13);
    private Font bold = plain.deriveFont(Font.BOLD);
    private int width = 8;
    private int height = 16;
    private int ascent = 12;

    Palette palette() {
        Palette now = palette;
        if (now == null) {
            now = new Palette();
            palette = now;
        }
        return now;
    }

    /** The theme is another. */
    void forget() {
        palette = null;
    }

    void cells(Font font, int cellWidth, int cellHeight, int cellAscent) {
        if (!font.equals(plain)) {
            plain = font;
            bold = font.deriveFont(Font.BOLD);
        }
        width = cellWidth;
        height = cellHeight;
        ascent = cellAscent;
    }

    void background(Graphics2D g, int viewWidth, int viewHeight) {
        g.setColor(palette().background);
        g.fillRect(0, 0, viewWidth, viewHeight);
        Object hints = Toolkit.getDefaultToolkit().getDesktopProperty("awt.font.desktophints");
        if (hints instanceof Map<?, ?> map) {
            g.addRenderingHints(map);
        } else {
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        }
    }

    void paint(Graphics2D g, Emulator terminal, int top, Selection selection, boolean focused) {
        for (int row = 0; row < terminal.rows(); row++) {
            Line line = terminal.line(top + row);
            int kept = top + row + terminal.scrolled();
            for (int x = 0; x < Math.min(line.length(), terminal.columns()); ) {
                boolean selected = selection.has(x, kept);
                int end = x + 1;
                while (end < Math.min(line.length(), terminal.columns())
                        && line.front(end) == line.front(x)
                        && line.back(end) == line.back(x)
                        && (line.flags(end) & ~Style.TAIL & ~Style.WIDE) == (line.flags(x) & ~Style.TAIL & ~Style.WIDE)
                        && selection.has(end, kept) == selected) {
                    end++;
                }
                run(g, line, x, end, row, selected);
                x = end;
            }
        }
        int cursorRow = terminal.cursorRow() - top;
        if (terminal.cursorVisible() && cursorRow >= 0 && cursorRow < terminal.rows()) {
            cursor(g, terminal, cursorRow, focused);
        }
    }

    private void run(Graphics2D g, Line line, int from, int to, int row, boolean selected) {
        Palette colours = palette();
        int flags = line.flags(from);
        Color front = colours.front(line.front(from), flags);
        Color back = colours.back(line.back(from));
        if ((flags & Style.DIM) != 0) {
            front = colours.dim(front);
        }
        if ((flags & Style.INVERSE) != 0) {
            Color other = front;
            front = back;
            back = other;
        }
        if (selected) {
            back = colours.selection;
        }
        if (!back.equals(colours.background)) {
            g.setColor(back);
            g.fillRect(from * width, row * height, (to - from) * width, height);
        }
        if ((flags & Style.HIDDEN) != 0) {
            return;
        }
        g.setColor(front);
        g.setFont((flags & Style.BOLD) != 0 ? bold : plain);
        for (int x = from; x < to; x++) {
            int c = line.character(x);
            if (c > ' ') {
                character(g, c, x, row);
            }
        }
        if ((flags & Style.UNDERLINE) != 0) {
            g.fillRect(from * width, row * height + ascent + 1, (to - from) * width, 1);
        }
        if ((flags & Style.STRIKE) != 0) {
            g.fillRect(from * width, row * height + height / 2, (to - from) * width, 1);
        }
    }

    /** Frames and blocks are drawn to the edges of their cells, so that they join. */
    private void character(Graphics2D g, int c, int x, int row) {
        int left = x * width;
        int top = row * height;
        int middleX = left + width / 2;
        int middleY = top + height / 2;
        switch (c) {
            case '─' -> g.fillRect(left, middleY, width, 1);
            case '│' -> g.fillRect(middleX, top, 1, height);
            case '┌', '┐', '└', '┘', '├', '┤', '┬', '┴', '┼' -> {
                if ("┌└├┬┴┼".indexOf(c) >= 0) {
                    g.fillRect(middleX, middleY, width - width / 2, 1);
                }
                if ("┐┘┤┬┴┼".indexOf(c) >= 0) {
                    g.fillRect(left, middleY, width / 2 + 1, 1);
                }
                if ("┌┐├┤┬┼".indexOf(c) >= 0) {
                    g.fillRect(middleX, middleY, 1, height - height / 2);
                }
                if ("└┘├┤┴┼".indexOf(c) >= 0) {
                    g.fillRect(middleX, top, 1, height / 2 + 1);
                }
            }
            case '█' -> g.fillRect(left, top, width, height);
            default -> g.drawString(Character.toString(c), left, top + ascent);
        }
    }

    private void cursor(Graphics2D g, Emulator terminal, int row, boolean focused) {
        Palette colours = palette();
        int x = terminal.cursorColumn();
        g.setColor(colours.cursor);
        if (!focused) {
            g.drawRect(x * width, row * height, width - 1, height - 1);
            return;
        }
        g.fillRect(x * width, row * height, width, height);
        int c = terminal.line(terminal.cursorRow()).character(x);
        if (c > ' ') {
            g.setColor(colours.background);
            g.setFont(plain);
            g.drawString(Character.toString(c), x * width, row * height + ascent);
        }
    }
}
