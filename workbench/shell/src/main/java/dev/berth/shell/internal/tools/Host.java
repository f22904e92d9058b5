/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.display.DisplayConnection;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.Remedy;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.command.CommandTask;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.model.Background;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.model.ShellServices;
import java.util.Optional;

/** What the window's own tool windows need of the window. */
@OnEdt
public interface Host {

    /** The services below. */
    ShellServices services();

    /** Where short questions are asked. */
    Background background();

    /** Icons by name. */
    Icons icons();

    /** The sessions as last heard. */
    SessionModel sessions();

    /** The session of the tab in front. */
    Optional<SessionInfo> front();

    /** The joined display of a session, if a tab shows it. */
    Optional<DisplayConnection> display(String session);

    /** The joined sound of a session, if a tab shows it and it has sound. */
    Optional<SoundDesk> sound(String session);

    /** Runs a task; afterwards {@code then}, or the error is shown. */
    void run(String title, CommandTask task, Runnable then);

    /** Carries out a remedy, after asking, and then runs {@code retry}. */
    void remedy(Remedy remedy, Runnable retry);

    /** Shows an error. */
    void showError(BerthException error);

    /** Says something in passing. */
    void notify(String text);
}
