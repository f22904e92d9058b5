/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.task;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;

/** What a task does. */
@FunctionalInterface
public interface TaskBody<T> {

    /** Does it, on the task's own thread. */
    T run(TaskContext context) throws BerthException, InterruptedException;
}
