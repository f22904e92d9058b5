/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

/** Berth cannot start. The message is one or a few sentences for the person who started it. */
final class LaunchException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Exit code: something failed. */
    static final int FAILED = 1;

    /** Exit code: the command line is wrong. */
    static final int USAGE = 2;

    private final int exitCode;

    LaunchException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    LaunchException(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = FAILED;
    }

    int exitCode() {
        return exitCode;
    }
}
