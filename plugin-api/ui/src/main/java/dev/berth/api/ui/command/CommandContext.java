/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.command;

import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.AnyThread;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What a command works on, and what it may ask of the workbench. */
@ProviderType
@AnyThread
public interface CommandContext {

    /** The session of the tab in front. */
    Optional<SessionInfo> session();

    /** Runs long work on a thread of its own, shows it among the tasks, and shows its error if it fails. */
    void runTask(String title, CommandTask task);

    /** Runs another command by its id; nothing happens when there is none or it is not enabled. */
    void runCommand(String id);

    /** Shows an error with its remedy. */
    void showError(BerthException error);

    /** Says something in passing, such as "Screenshot saved". */
    void notify(String text);
}
