/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.error;

import java.util.List;
import java.util.Objects;

/**
 * What a person can do about an error.
 *
 * @param text one sentence in the imperative: "Install runc."
 * @param hostCommand the host command that does it, argument by argument; empty when there is none. Berth shows it and
 *     runs it only after asking
 * @param commandId the id of the workbench command that does it; empty when there is none
 */
public record Remedy(String text, List<String> hostCommand, String commandId) {

    /** Nothing to do but read the summary. */
    public static final Remedy NONE = new Remedy("", List.of(), "");

    public Remedy {
        Objects.requireNonNull(text, "text");
        hostCommand = List.copyOf(hostCommand);
        Objects.requireNonNull(commandId, "commandId");
    }

    /** Advice that the person follows by hand. */
    public static Remedy advice(String text) {
        return new Remedy(text, List.of(), "");
    }

    /** Advice with the host command that follows it. */
    public static Remedy command(String text, String... hostCommand) {
        return new Remedy(text, List.of(hostCommand), "");
    }

    /** Installs packages of the host's distribution; on a host of another family the names are advice. */
    public static Remedy installPackages(String... packages) {
        String[] argv = new String[packages.length + 4];
        argv[0] = "apt-get";
        argv[1] = "install";
        argv[2] = "-y";
        argv[3] = "--no-install-recommends";
        System.arraycopy(packages, 0, argv, 4, packages.length);
        return command("Install " + String.join(", ", packages) + ".", argv);
    }

    /** Whether there is nothing to suggest. */
    public boolean isNone() {
        return text.isEmpty();
    }
}
