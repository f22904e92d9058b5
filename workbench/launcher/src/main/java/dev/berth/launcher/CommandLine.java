/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line, as far as it matters before the framework runs.
 *
 * @param home what {@code --home} named, if anything
 * @param rest all other arguments, in order
 */
record CommandLine(@Nullable Path home, List<String> rest) {

    CommandLine {
        rest = List.copyOf(rest);
    }

    /**
     * Takes out {@code --home DIR} and {@code --home=DIR}; what stands behind {@code --} belongs to someone else and stays.
     *
     * @throws LaunchException when no folder follows {@code --home}
     */
    static CommandLine parse(String... args) throws LaunchException {
        Path home = null;
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < args.length; i++) {
            String arg = args[i];
            if (arg.equals("--")) {
                rest.addAll(List.of(args).subList(i, args.length));
                break;
            } else if (arg.equals("--home")) {
                i++;
                home = folder(i < args.length ? args[i] : "");
            } else if (arg.startsWith("--home=")) {
                home = folder(arg.substring("--home=".length()));
            } else {
                rest.add(arg);
            }
        }
        return new CommandLine(home, rest);
    }

    private static Path folder(String text) throws LaunchException {
        if (text.isEmpty()) {
            throw new LaunchException(LaunchException.USAGE, "--home needs a folder: berth --home DIR COMMAND");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new LaunchException(
                    LaunchException.USAGE, "--home names no folder that could exist here: " + e.getMessage());
        }
    }

    /** Returns {@link #rest} as a JSON array of strings (RFC 8259), ASCII only. */
    String restAsJson() {
        StringBuilder json = new StringBuilder("[");
        for (String arg : rest) {
            if (json.length() > 1) {
                json.append(',');
            }
            json.append('"');
            arg.chars().forEach(c -> {
                if (c == '"' || c == '\\') {
                    json.append('\\').append((char) c);
                } else if (c < ' ' || c > '~') {
                    json.append(String.format("\\u%04x", c));
                } else {
                    json.append((char) c);
                }
            });
            json.append('"');
        }
        return json.append(']').toString();
    }
}
