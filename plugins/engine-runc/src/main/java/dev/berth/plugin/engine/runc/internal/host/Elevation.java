/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import dev.berth.api.error.EngineException;
import dev.berth.api.image.IdMapping;
import java.util.List;
import java.util.Optional;

/** How the engine comes by the rights that mounting and networks need: root has them, others enter a user namespace. */
public interface Elevation {

    /** Whether everything happens inside a user namespace. */
    boolean rootless();

    /** Who the files of a guest belong to on the host. */
    IdMapping ids();

    /** What this host lacks for it; empty when all is there. */
    default Optional<EngineException> missing() {
        return Optional.empty();
    }

    /** A command line that runs a command with those rights; makes the namespaces if they are not there. */
    List<String> command(List<String> command) throws EngineException, InterruptedException;

    /** Root on a host. */
    Elevation ROOT = new Elevation() {
        @Override
        public boolean rootless() {
            return false;
        }

        @Override
        public IdMapping ids() {
            return IdMapping.identity();
        }

        @Override
        public List<String> command(List<String> command) {
            return command;
        }
    };
}
