/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.overview;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.sessions.SessionManager;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.model.Background;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.tab.DesktopView;
import java.util.Optional;
import javax.swing.Icon;

/** What the overview needs of the window. */
@OnEdt
public interface Sources {

    /** The sessions as last heard. */
    SessionModel sessions();

    /** Joins displays. */
    SessionManager manager();

    /** Where short questions are asked. */
    Background background();

    /** Icons by name. */
    Icons icons();

    /** The desktop of a session that a tab shows. */
    Optional<DesktopView> desktop(String session);

    /** Stands for a session of a recipe that has no picture now. */
    Icon placeholder(SessionInfo session, int width, int height);
}
