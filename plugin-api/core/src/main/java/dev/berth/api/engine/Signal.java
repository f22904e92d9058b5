/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

/** The signals that Berth sends (signal(7), Linux numbers). */
public enum Signal {
    /** Terminal closed. */
    HUP(1),
    /** Interrupted from the keyboard. */
    INT(2),
    /** Killed; cannot be caught. */
    KILL(9),
    /** Asked to end. */
    TERM(15),
    /** The window of the terminal changed. */
    WINCH(28),
    /** Asks systemd to halt the container (systemd(1), "SIGRTMIN+3"). */
    RTMIN_PLUS_3(37);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    /** Its number on Linux. */
    public int number() {
        return number;
    }
}
