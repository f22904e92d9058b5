/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.vt;

/** What escape sequences do. The letters are those of "XTerm Control Sequences", which has their names. */
final class Sequences {

    private final Emulator terminal;

    Sequences(Emulator terminal) {
        this.terminal = terminal;
    }

    void escape(char intermediate, char end) {
        Grid grid = terminal.grid;
        if (intermediate == '(' || intermediate == ')') {
            terminal.charset(intermediate == '(' ? 0 : 1, end == '0');
        } else if (intermediate == '#' && end == '8') {
            for (Line line : grid.lines) {
                for (int i = 0; i < line.length(); i++) {
                    line.set(i, 'E', grid.style, 0);
                }
            }
        } else if (intermediate == 0) {
            switch (end) {
                case '7' -> terminal.save();
                case '8' -> terminal.restore();
                case 'D' -> grid.feed();
                case 'E' -> {
                    grid.x = 0;
                    grid.feed();
                }
                case 'H' -> terminal.stop(true);
                case 'M' -> grid.back();
                case 'c' -> terminal.reset();
                case '=' -> terminal.setMode(-66, true);
                case '>' -> terminal.setMode(-66, false);
                default -> {}
            }
        }
    }

    void csi(char prefix, char intermediate, int[] numbers, int count, char end) {
        if (prefix == '?' && (end == 'h' || end == 'l')) {
            for (int i = 0; i < count; i++) {
                terminal.setMode(numbers[i], end == 'h');
            }
            return;
        }
        if (prefix == '?' && end == 'J' || prefix == '?' && end == 'K') {
            erase(end, number(numbers, count, 0, 0));
            return;
        }
        if (end == 'c' && number(numbers, count, 0, 0) == 0) {
            // A VT220 with colours; a newer one has a number of its own.
            terminal.answer(prefix == '>' ? "\033[>1;10;0c" : "\033[?62;22c");
            return;
        }
        if (intermediate == '!' && end == 'p') {
            soft();
            return;
        }
        if (prefix == 0 && intermediate == 0) {
            plain(numbers, count, end);
        }
    }

    private void soft() {
        Grid grid = terminal.grid;
        grid.style.reset();
        grid.region(0, grid.rows - 1);
        terminal.setMode(6, false);
        terminal.setMode(7, true);
        terminal.setMode(25, true);
        terminal.setMode(1, false);
        terminal.setMode(-4, false);
    }

    private void plain(int[] numbers, int count, char end) {
        Grid grid = terminal.grid;
        int n = Math.max(1, number(numbers, count, 0, 1));
        switch (end) {
            case 'A' -> vertical(-n);
            case 'B', 'e' -> vertical(n);
            case 'C', 'a' -> grid.move(grid.x + n, grid.y);
            case 'D' -> grid.move(grid.x - n, grid.y);
            case 'E' -> {
                vertical(n);
                grid.x = 0;
            }
            case 'F' -> {
                vertical(-n);
                grid.x = 0;
            }
            case 'G', '`' -> grid.move(n - 1, grid.y);
            case 'H', 'f' -> to(Math.max(1, number(numbers, count, 1, 1)) - 1, n - 1);
            case 'd' -> to(grid.x, n - 1);
            case 'I' -> terminal.tab(n);
            case 'Z' -> terminal.tabBack(n);
            case 'J', 'K' -> erase(end, number(numbers, count, 0, 0));
            case 'X' -> grid.line().clear(grid.x, grid.x + n, grid.style);
            case '@' -> grid.line().insert(grid.x, n, grid.style);
            case 'P' -> grid.line().delete(grid.x, n, grid.style);
            case 'L' -> {
                if (grid.y >= grid.top && grid.y <= grid.bottom) {
                    grid.down(grid.y, n);
                }
            }
            case 'M' -> deleteLines(grid, n);
            case 'S' -> grid.up(grid.top, n);
            case 'T' -> grid.down(grid.top, n);
            case 'b' -> terminal.repeat(n);
            case 'm' -> grid.style.apply(numbers, count);
            case 'r' -> {
                grid.region(n - 1, Math.min(grid.rows, Math.max(1, number(numbers, count, 1, grid.rows))) - 1);
                terminal.home();
            }
            case 's' -> terminal.save();
            case 'u' -> terminal.restore();
            case 'g' -> {
                if (number(numbers, count, 0, 0) == 3) {
                    terminal.noStops();
                } else {
                    terminal.stop(false);
                }
            }
            case 'h', 'l' -> {
                for (int i = 0; i < count; i++) {
                    terminal.setMode(-numbers[i], end == 'h');
                }
            }
            case 'n' -> report(number(numbers, count, 0, 0));
            case 't' -> {
                if (n == 18) {
                    terminal.answer("\033[8;" + grid.rows + ";" + grid.columns + "t");
                }
            }
            default -> {}
        }
    }

    private void report(int what) {
        if (what == 5) {
            terminal.answer("\033[0n");
        } else if (what == 6) {
            Grid grid = terminal.grid;
            int row = grid.y - (terminal.mode(6) ? grid.top : 0);
            terminal.answer("\033[" + (row + 1) + ";" + (grid.x + 1) + "R");
        }
    }

    private static void deleteLines(Grid grid, int count) {
        if (grid.y < grid.top || grid.y > grid.bottom) {
            return;
        }
        for (int i = 0; i < Math.min(count, grid.bottom - grid.y + 1); i++) {
            Line gone = grid.lines.remove(grid.y);
            gone.clear(0, grid.columns, grid.style);
            gone.wrapped = false;
            grid.lines.add(grid.bottom, gone);
        }
    }

    /** Up and down stop at the edges of the region when they begin inside. */
    private void vertical(int by) {
        Grid grid = terminal.grid;
        int first = grid.y >= grid.top ? grid.top : 0;
        int last = grid.y <= grid.bottom ? grid.bottom : grid.rows - 1;
        grid.move(grid.x, Math.max(first, Math.min(last, grid.y + by)));
    }

    private void to(int x, int y) {
        Grid grid = terminal.grid;
        if (terminal.mode(6)) {
            grid.move(x, Math.min(grid.bottom, grid.top + y));
        } else {
            grid.move(x, y);
        }
    }

    private void erase(char end, int what) {
        Grid grid = terminal.grid;
        Line line = grid.line();
        int from = what == 0 ? grid.x : 0;
        int to = what == 1 ? grid.x + 1 : grid.columns;
        if (end == 'J' && what == 3) {
            grid.history.clear();
            return;
        }
        line.clear(from, to, grid.style);
        if (to == grid.columns) {
            line.wrapped = false;
        }
        if (end == 'J') {
            for (int row = 0; row < grid.rows; row++) {
                if (what == 2 || what == 0 && row > grid.y || what == 1 && row < grid.y) {
                    grid.lines.get(row).clear(0, grid.columns, grid.style);
                    grid.lines.get(row).wrapped = false;
                }
            }
        }
        grid.pending = false;
    }

    private static int number(int[] numbers, int count, int index, int fallback) {
        return index < count && numbers[index] >= 0 ? numbers[index] : fallback;
    }
}
