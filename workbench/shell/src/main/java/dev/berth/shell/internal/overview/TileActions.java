/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.overview;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;

/** What the overview's tiles and its head ask for. */
@OnEdt
public interface TileActions {

    /** Shows a session's tab. */
    void open(SessionInfo session);

    /** Starts a session that is down, or stops one that is up. */
    void startOrStop(SessionInfo session);

    /** Shows what else can be done. */
    void menu(SessionInfo session, java.awt.Component under, int x, int y);

    /** Asks for a new session. */
    void create();
}
