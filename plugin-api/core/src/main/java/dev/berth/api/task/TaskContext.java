/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.task;

import org.osgi.annotation.versioning.ProviderType;

/** What a blocking call needs from whoever runs it: somewhere to report progress, and a way to be cancelled. */
@ProviderType
public interface TaskContext {

    /** Where this work reports how far it has come. */
    Progress progress();

    /**
     * Returns at once unless the work was cancelled. Call it in every loop that does not block in an interruptible way.
     *
     * @throws InterruptedException when the work was cancelled
     */
    void checkCancelled() throws InterruptedException;

    /**
     * Closes a resource when the work is cancelled, so that a thread blocked in it wakes up: a socket, a process.
     * {@code resource} is closed on another thread, at once if the work is cancelled already, and never after the
     * returned registration was closed.
     */
    Registration onCancel(AutoCloseable resource);

    /** The same cancel signal with another progress: for handing a part of the work to another method. */
    TaskContext with(Progress progress);

    /** A context without progress whose cancel signal is the interrupt of the calling thread alone. */
    static TaskContext silent() {
        return SilentTask.CONTEXT;
    }
}
