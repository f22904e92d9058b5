/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.command;

import java.util.List;

/**
 * Arguments on their way through a Windows command line. A process there gets one string, which its C run time takes apart
 * ("Parsing C command-line arguments"): Java puts quotes round an argument with a blank and doubles the backslashes before
 * the closing one, but leaves quotes inside as they are and loses empty arguments. What Java leaves out is done here, so
 * that every argument arrives as it was.
 */
public final class WindowsArguments {

    /** What CreateProcess takes (its documentation, {@code lpCommandLine}), with the ending zero. */
    public static final int MOST_CHARACTERS = 32_767;

    private WindowsArguments() {}

    /** Arguments for a {@link ProcessBuilder} on Windows. */
    public static List<String> forProcessBuilder(List<String> arguments) {
        return arguments.stream().map(WindowsArguments::escaped).toList();
    }

    /** One argument: quotes are escaped, and so are the backslashes before them. */
    static String escaped(String argument) {
        if (argument.isEmpty()) {
            return "\"\"";
        }
        StringBuilder out = new StringBuilder(argument.length() + 8);
        int backslashes = 0;
        for (int i = 0; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("an argument cannot hold a zero character");
            }
            if (c == '"') {
                out.append("\\".repeat(backslashes + 1));
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            out.append(c);
        }
        return out.toString();
    }

    /** Whether the arguments fit into one command line, with the quotes that Java may add. */
    public static boolean fit(List<String> arguments) {
        long sum = 1;
        for (String argument : arguments) {
            sum += escaped(argument).length() + 3L;
        }
        return sum <= MOST_CHARACTERS;
    }
}
