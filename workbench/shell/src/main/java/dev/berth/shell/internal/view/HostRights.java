/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that change the host need its administrator. */
final class HostRights {

    private static final Path PKEXEC = Path.of("/usr/bin/pkexec");

    private HostRights() {}

    /** The command as it has to be run: through polkit's dialog unless this is root already. */
    static List<String> withRights(List<String> command) {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root || !Files.isExecutable(PKEXEC)) {
            return command;
        }
        List<String> asked = new ArrayList<>(command.size() + 1);
        asked.add(PKEXEC.toString());
        asked.addAll(command);
        return asked;
    }
}
