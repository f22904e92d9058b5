/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

/** The size of a terminal in character cells. */
public record TerminalSize(int columns, int rows) {

    public TerminalSize {
        if (columns < 1 || rows < 1 || columns > 10_000 || rows > 10_000) {
            throw new IllegalArgumentException("not a terminal size: " + columns + "x" + rows);
        }
    }
}
