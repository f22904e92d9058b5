/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line with which a command in a container begins: its process id and its terminal. {@code wslc} has no way to signal a
 * command or to change the size of its terminal, so a shell says this and then becomes the command. That it was said also
 * proves that the command was started.
 *
 * @param pid inside the container
 * @param terminal the path of its terminal; empty without one
 */
record FirstLine(long pid, String terminal) {

    private static final String MARK = "berth-pid:";
    private static final Pattern LINE = Pattern.compile(MARK + "([0-9]{1,10}):(/dev/[A-Za-z0-9/]{1,60})?\\s*");
    private static final int MOST_BYTES = 16_384;

    /** The command with the shell before it. */
    static List<String> wrap(List<String> command, boolean terminal, int columns, int rows) {
        String script = terminal
                ? "stty rows " + rows + " cols " + columns + " 2>/dev/null; echo \"" + MARK + "$$:$(tty)\"; exec \"$@\""
                : "echo " + MARK + "$$: >&2; exec \"$@\"";
        List<String> wrapped = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        wrapped.addAll(command);
        return wrapped;
    }

    /** What came instead of the line. */
    static final class Missing extends IOException {
        private static final long serialVersionUID = 1L;
        private final byte[] said;

        private Missing(byte[] said) {
            super("the command did not begin");
            this.said = said;
        }

        byte[] said() {
            return said.clone();
        }
    }

    /** Reads up to and with the line, and nothing of what follows. */
    static FirstLine read(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        StringBuilder all = new StringBuilder();
        for (int b = in.read(); b >= 0 && all.length() < MOST_BYTES; b = in.read()) {
            all.append((char) b);
            line.append((char) b);
            if (b == '\n') {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    String terminal = matcher.group(2);
                    return new FirstLine(Long.parseLong(matcher.group(1)), terminal == null ? "" : terminal);
                }
                // A notice of wslc's own before it.
                line.setLength(0);
            }
        }
        throw new Missing(all.toString().getBytes(StandardCharsets.ISO_8859_1));
    }
}
