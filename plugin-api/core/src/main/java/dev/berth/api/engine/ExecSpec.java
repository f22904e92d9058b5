/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A command to be run in a running container.
 *
 * @param user as in the image configuration; empty means the container's
 * @param workingFolder absolute; empty means the container's
 * @param terminal its size, if the command gets a terminal; then standard error is part of standard output
 */
public record ExecSpec(
        List<String> command,
        Map<String, String> environment,
        String user,
        String workingFolder,
        Optional<TerminalSize> terminal) {

    public ExecSpec {
        command = List.copyOf(command);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a command is needed");
        }
        environment = Map.copyOf(environment);
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(workingFolder, "workingFolder");
        Objects.requireNonNull(terminal, "terminal");
    }

    /** A command without a terminal, as the container's user. */
    public static ExecSpec of(String... command) {
        return new ExecSpec(List.of(command), Map.of(), "", "", Optional.empty());
    }

    /** The same command as another user. */
    public ExecSpec as(String other) {
        return new ExecSpec(command, environment, other, workingFolder, terminal);
    }
}
