/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.toolwindow;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.command.CommandContext;
import org.osgi.annotation.versioning.ProviderType;

/** What a tool window may ask of the workbench. */
@ProviderType
@AnyThread
public interface ToolWindowContext {

    /** What a command run from this tool window works on. */
    CommandContext commands();

    /** Brings the tool window to the front. */
    void reveal();

    /** Shows a short text beside the title, such as a count; empty takes it away. */
    void badge(String text);

    /** Closes {@code resource} when the tool window is disposed of or the plugin stops. */
    void onClose(Registration resource);
}
