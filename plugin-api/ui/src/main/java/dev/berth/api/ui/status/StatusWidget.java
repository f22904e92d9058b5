/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.status;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.Registration;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that contributes to the status bar. The workbench asks for the item after each change and paints it. */
@ConsumerType
@AnyThread
public interface StatusWidget {

    /** Unique, reverse-domain. */
    String id();

    /** What to show now. */
    StatusItem item();

    /** Tells {@code changed} whenever {@link #item} would answer otherwise. */
    Registration onChange(Runnable changed);
}
