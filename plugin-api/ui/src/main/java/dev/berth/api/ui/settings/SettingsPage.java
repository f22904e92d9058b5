/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.settings;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnEdt;
import java.util.Optional;
import javax.swing.JComponent;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that contributes a page of settings. */
@ConsumerType
public interface SettingsPage {

    /** What can be set. The workbench draws it, checks it, and keeps it in {@code settings/<page>.json}. */
    @AnyThread
    SettingsSchema schema();

    /** More than fields can show, drawn below them; made when the page is first shown. */
    @OnEdt
    default Optional<JComponent> extra() {
        return Optional.empty();
    }
}
