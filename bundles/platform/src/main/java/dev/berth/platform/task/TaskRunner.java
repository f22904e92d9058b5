/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.task;

import dev.berth.api.task.Registration;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Runs tasks, each on a thread of its own, and knows all that run or ended lately. A service. Any thread. */
@ProviderType
public interface TaskRunner {

    /**
     * Starts a task.
     *
     * @param title what it does, for a person: "Building debian-xfce"
     */
    <T> TaskHandle<T> submit(String title, TaskBody<T> body);

    /** Tasks that run, and the last hundred that ended, oldest first. */
    List<TaskSnapshot> tasks();

    /**
     * Tells of tasks that appear, progress or end, on one thread, at most ten times a second for each task.
     */
    Registration onChange(Consumer<TaskSnapshot> listener);

    /** Cancels a task by its number; nothing happens when it has ended. */
    void cancel(long id);
}
