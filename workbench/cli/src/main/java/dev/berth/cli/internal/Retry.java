/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.util.List;

/** Work that fails because something is missing on this host is tried once more after that was installed. */
final class Retry {

    private Retry() {}

    /** The work. */
    interface Work<T> {
        T run() throws BerthException, IOException, InterruptedException;
    }

    /**
     * Runs work.
     *
     * @param yes whether the person has agreed to whatever must be installed
     */
    static <T> T afterInstalling(Command command, boolean yes, Work<T> work)
            throws BerthException, IOException, InterruptedException {
        try {
            return work.run();
        } catch (BerthException e) {
            if (e.kind() != ErrorKind.MISSING) {
                throw e;
            }
            HostSetup setup = new HostSetup(command.services(), command.console());
            List<List<String>> commands = HostSetup.commands(setup.look(TaskContext.silent()), false);
            if (commands.isEmpty()) {
                throw e;
            }
            command.console().note(e.summary());
            if (!setup.run(commands, yes)) {
                throw e;
            }
        }
        return work.run();
    }
}
