/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.toolwindow;

import dev.berth.api.task.OnEdt;
import javax.swing.JComponent;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that makes the content of one tool window; carries a {@link ToolWindowSpec}. */
@ConsumerType
public interface ToolWindowFactory {

    /**
     * Makes the content. Called when the tool window is shown for the first time, at most once per window; returns at
     * once and fetches what it shows on a thread of its own. If it throws, a placeholder that names the plugin is shown.
     */
    @OnEdt
    JComponent create(ToolWindowContext context);
}
