/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.vt;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An xterm, as far as programs use one: ECMA-48 with the private modes of DEC and xterm ("XTerm Control Sequences"). Not
 * safe for threads: callers synchronise on it.
 */
public final class Emulator {

    private static final String LINES = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

    private final Consumer<byte[]> reply;
    private final Parser parser = new Parser(new Output());
    private final Set<Integer> modes = new HashSet<>();
    private final Sequences sequences = new Sequences(this);
    private Grid main;
    private Grid alternate;
    Grid grid;
    private boolean[] stops;
    private final boolean[] drawing = new boolean[2];
    private int charset;
    private int last = ' ';
    private Saved saved = new Saved(0, 0, new Style(), false);
    private String title = "";
    private long changes;
    private int bells;

    private record Saved(int x, int y, Style style, boolean drawing) {}

    /**
     * A terminal.
     *
     * @param kept lines that are kept when they scroll off
     * @param reply takes what the terminal answers
     */
    public Emulator(int columns, int rows, int kept, Consumer<byte[]> reply) {
        this.reply = reply;
        main = new Grid(columns, rows, kept);
        alternate = new Grid(columns, rows, 0);
        grid = main;
        stops = stops(columns);
        reset();
    }

    private static boolean[] stops(int columns) {
        boolean[] stops = new boolean[columns];
        for (int i = 0; i < columns; i += 8) {
            stops[i] = true;
        }
        return stops;
    }

    /** Takes output of the program. */
    public void feed(byte[] bytes, int length) {
        parser.feed(bytes, length);
        changes++;
    }

    /** Takes text. */
    public void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        feed(bytes, bytes.length);
    }

    /** Changes the size. */
    public void resize(int columns, int rows) {
        if (columns != grid.columns || rows != grid.rows) {
            main.resize(columns, rows);
            alternate.resize(columns, rows);
            stops = stops(columns);
            changes++;
        }
    }

    void reset() {
        modes.clear();
        modes.add(7);
        modes.add(25);
        int columns = grid.columns;
        int rows = grid.rows;
        main = new Grid(columns, rows, main.history.limit());
        alternate = new Grid(columns, rows, 0);
        grid = main;
        drawing[0] = false;
        drawing[1] = false;
        charset = 0;
    }

    // ---- what a view asks

    /** Grows with each change. */
    public long changes() {
        return changes;
    }

    /** How often the bell was rung. */
    public int bells() {
        return bells;
    }

    /** What the program calls its window; may be empty. */
    public String title() {
        return title;
    }

    /** The columns. */
    public int columns() {
        return grid.columns;
    }

    /** The rows on the screen. */
    public int rows() {
        return grid.rows;
    }

    /** The lines that have scrolled off and are kept. */
    public int scrolled() {
        return grid.history.size();
    }

    /** A line: from 0 on the screen, below 0 of those that have scrolled off. */
    public Line line(int row) {
        if (row >= 0) {
            return grid.lines.get(Math.min(row, grid.rows - 1));
        }
        Line line = grid.history.get(grid.history.size() + row);
        return line == null ? grid.lines.get(0) : line;
    }

    /** Whether a line goes on in the next. */
    public boolean wrapped(int row) {
        return line(row).wrapped;
    }

    /** The cursor's column. */
    public int cursorColumn() {
        return grid.x;
    }

    /** The cursor's row. */
    public int cursorRow() {
        return grid.y;
    }

    /** Whether the cursor is to be seen. */
    public boolean cursorVisible() {
        return mode(25);
    }

    /** Whether a private mode is set (DECSET). */
    public boolean mode(int mode) {
        return modes.contains(mode);
    }

    /** Whether the screen is one without lines that scroll off, as editors use it. */
    public boolean alternateScreen() {
        return grid.equals(alternate);
    }

    /** Forgets the lines that have scrolled off. */
    public void forget() {
        grid.history.clear();
        changes++;
    }

    // ---- what sequences ask

    void answer(String text) {
        reply.accept(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void setMode(int mode, boolean on) {
        boolean changed = on ? modes.add(mode) : modes.remove(mode);
        switch (mode) {
            case 6 -> home();
            case 47, 1047, 1049 -> {
                if (changed) {
                    alternate(on, mode == 1049);
                }
            }
            case 1048 -> {
                if (on) {
                    save();
                } else {
                    restore();
                }
            }
            default -> {}
        }
    }

    private void alternate(boolean on, boolean cursor) {
        if (on) {
            if (cursor) {
                save();
            }
            alternate.style.reset();
            alternate.clear();
            alternate.move(main.x, main.y);
            grid = alternate;
        } else {
            grid = main;
            if (cursor) {
                restore();
            }
        }
    }

    void home() {
        grid.move(0, mode(6) ? grid.top : 0);
    }

    void save() {
        saved = new Saved(grid.x, grid.y, grid.style.copy(), drawing[charset]);
    }

    void restore() {
        grid.move(saved.x(), saved.y());
        grid.style.front = saved.style().front;
        grid.style.back = saved.style().back;
        grid.style.flags = saved.style().flags;
        drawing[charset] = saved.drawing();
    }

    void stop(boolean set) {
        stops[grid.x] = set;
    }

    void noStops() {
        stops = new boolean[grid.columns];
    }

    void tab(int count) {
        for (int i = 0; i < count && grid.x < grid.columns - 1; i++) {
            do {
                grid.x++;
            } while (grid.x < grid.columns - 1 && !stops[grid.x]);
        }
        grid.pending = false;
    }

    void tabBack(int count) {
        for (int i = 0; i < count && grid.x > 0; i++) {
            do {
                grid.x--;
            } while (grid.x > 0 && !stops[grid.x]);
        }
        grid.pending = false;
    }

    void charset(int which, boolean lines) {
        drawing[which] = lines;
    }

    /** Prints the character before once more. */
    void repeat(int count) {
        for (int i = 0; i < Math.min(count, grid.columns * grid.rows); i++) {
            put(last);
        }
    }

    private void put(int c) {
        int width = Widths.of(c);
        if (width == 0) {
            combine(c);
            return;
        }
        if (grid.pending && mode(7) || width == 2 && grid.x == grid.columns - 1 && mode(7)) {
            grid.line().wrapped = true;
            grid.x = 0;
            grid.pending = false;
            grid.feed();
        }
        if (width == 2 && grid.columns < 2) {
            return;
        }
        Line line = grid.line();
        int x = Math.min(grid.x, grid.columns - width);
        if (mode(-4)) {
            line.insert(x, width, grid.style);
        }
        mendWide(line, x, width);
        line.set(x, c, grid.style, width == 2 ? Style.WIDE : 0);
        if (width == 2) {
            line.set(x + 1, ' ', grid.style, Style.TAIL);
        }
        last = c;
        if (x + width >= grid.columns) {
            grid.x = grid.columns - 1;
            grid.pending = true;
        } else {
            grid.x = x + width;
        }
    }

    /** A wide character loses both cells when one is written over. */
    private void mendWide(Line line, int x, int width) {
        if ((line.flags[x] & Style.TAIL) != 0 && x > 0) {
            line.clear(x - 1, x, grid.style);
        }
        int end = x + width - 1;
        if ((line.flags[end] & Style.WIDE) != 0 && end + 1 < line.length()) {
            line.clear(end + 1, end + 2, grid.style);
        }
    }

    private void combine(int mark) {
        int x = grid.pending ? grid.x : grid.x - 1;
        if (x >= 0) {
            Line line = grid.line();
            String both = Normalizer.normalize(
                    Character.toString(line.text[x]) + Character.toString(mark), Normalizer.Form.NFC);
            if (both.codePointCount(0, both.length()) == 1) {
                line.text[x] = both.codePointAt(0);
            }
        }
    }

    private @Nullable Integer drawn(int c) {
        return drawing[charset] && c >= 0x60 && c < 0x7f ? LINES.codePointAt(c - 0x60) : null;
    }

    private final class Output implements Parser.Actions {
        @Override
        public void print(int character) {
            Integer drawn = drawn(character);
            put(drawn == null ? character : drawn);
        }

        @Override
        public void control(int character) {
            switch (character) {
                case 0x07 -> bells++;
                case 0x08 -> grid.move(grid.x - 1, grid.y);
                case 0x09 -> tab(1);
                case 0x0a, 0x0b, 0x0c -> {
                    grid.feed();
                    grid.pending = false;
                    if (mode(-20)) {
                        grid.x = 0;
                    }
                }
                case 0x0d -> grid.move(0, grid.y);
                case 0x0e -> charset = 1;
                case 0x0f -> charset = 0;
                default -> {}
            }
        }

        @Override
        public void escape(char intermediate, char end) {
            sequences.escape(intermediate, end);
        }

        @Override
        public void csi(char prefix, char intermediate, int[] numbers, int count, char end) {
            sequences.csi(prefix, intermediate, numbers, count, end);
        }

        @Override
        public void osc(String text) {
            int semicolon = text.indexOf(';');
            String number = semicolon < 0 ? text : text.substring(0, semicolon);
            if (semicolon > 0 && (number.equals("0") || number.equals("2"))) {
                title = text.substring(semicolon + 1);
            }
        }
    }
}
