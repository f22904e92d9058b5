/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.Remedy;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.clip.ClipboardBridge;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.model.Background;
import dev.berth.shell.internal.model.ShellServices;
import java.nio.file.Path;
import java.util.List;

/** What a tab needs of the window around it. */
@OnEdt
public interface Shell {

    /** The services below. */
    ShellServices services();

    /** Where short questions are asked. */
    Background background();

    /** Icons by name. */
    Icons icons();

    /** Keeps the clipboards alike. */
    ClipboardBridge clipboard();

    /** Carries out a remedy, after asking when it changes the host, and then runs {@code retry}. */
    void remedy(Remedy remedy, Runnable retry);

    /** Shows an error that no tab stands for. */
    void showError(BerthException error);

    /** Says something in passing. */
    void notify(String text);

    /**
     * Says something that can be followed.
     *
     * @param words on the button that does
     */
    void notify(String text, String words, Runnable action);

    /** Files of this computer were dropped on a session's desktop. */
    void filesDropped(SessionInfo session, List<Path> files);

    /** A tab's title, state or desktop changed. */
    void tabChanged(SessionTab tab);

    /** Closes a tab. */
    void closeTab(SessionTab tab);

    /** A start-up mark was reached. */
    void mark(String name);
}
