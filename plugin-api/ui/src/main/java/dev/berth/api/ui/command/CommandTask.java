/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.command;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;

/** The long part of a command. */
@FunctionalInterface
public interface CommandTask {

    /** Does the work. */
    @OnWorker
    void run(TaskContext context) throws BerthException, InterruptedException;
}
