/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One step that turns a root file system into a desktop. Each becomes a layer, cached by its content and its parent. */
public sealed interface ProvisioningStep {

    /** What the step does, for a person, in the present tense: "Configuring packages". */
    String title();

    /**
     * Runs a command as root in a build container.
     *
     * @param command argument by argument; no shell unless it names one
     * @param network whether the container reaches the network
     */
    record Run(String title, List<String> command, Map<String, String> environment, boolean network)
            implements ProvisioningStep {

        public Run {
            Objects.requireNonNull(title, "title");
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        /** A shell script, run by {@code /bin/sh -eu} without a network. */
        public static Run script(String title, String script) {
            return new Run(title, List.of("/bin/sh", "-eu", "-c", script), Map.of(), false);
        }
    }

    /**
     * Writes a text file.
     *
     * @param path absolute, in the guest
     * @param mode permission bits, such as 0644
     */
    record WriteFile(String title, String path, String content, int mode, int uid, int gid)
            implements ProvisioningStep {

        public WriteFile {
            Objects.requireNonNull(title, "title");
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(content, "content");
        }
    }

    /** Installs packages with the guest's own package manager. */
    record InstallPackages(String title, List<String> packages, boolean recommends) implements ProvisioningStep {

        public InstallPackages {
            Objects.requireNonNull(title, "title");
            packages = List.copyOf(packages);
        }
    }
}
