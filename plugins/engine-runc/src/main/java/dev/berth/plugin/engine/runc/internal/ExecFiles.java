/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.plugin.engine.runc.internal.host.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The small files of one command run in a container. */
record ExecFiles(Path config, Path pidFile, Path log) {

    /** The command's pid on this host, once the runtime has started it. */
    OptionalLong pid() {
        String text = Proc.read(pidFile).orElse("").strip();
        return text.matches("[0-9]{1,10}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** Deletes them. */
    void delete() {
        for (Path file : List.of(config, pidFile, log)) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                Engine.LOG.debug("{} is left behind", file, e);
            }
        }
    }
}
