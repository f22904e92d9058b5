/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Long work: progress, cancellation, lifetimes, and the words that say which thread a method runs on.
 *
 * <p>Blocking calls take a {@link dev.berth.api.task.TaskContext} as their last parameter. There is one cancel signal,
 * the interrupt of the thread that does the work; it surfaces as {@link java.lang.InterruptedException}. A call that
 * was cancelled returns within 200 ms and leaves nothing half done.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.task;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
