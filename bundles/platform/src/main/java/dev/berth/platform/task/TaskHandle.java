/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.task;

import dev.berth.api.error.BerthException;
import org.osgi.annotation.versioning.ProviderType;

/** A task that was started. */
@ProviderType
public interface TaskHandle<T> {

    /** How far it has come. Any thread. */
    TaskSnapshot snapshot();

    /** Interrupts it; returns at once. Any thread. */
    void cancel();

    /**
     * Waits for its result. Interrupting the waiting thread cancels the task and waits for its end.
     *
     * @throws BerthException what the task threw; an unchecked exception becomes one with the code {@code task.bug}
     * @throws InterruptedException when the task was cancelled
     */
    T await() throws BerthException, InterruptedException;
}
