/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Texts;
import java.util.List;

/** What a tab says in place of a desktop, with what can be done about it. */
@OnEdt
final class TabMessages {

    private static final int ICON = 40;

    private final Shell shell;
    private final MessageView.Action close;

    /**
     * Makes messages.
     *
     * @param close closes the tab
     */
    TabMessages(Shell shell, Runnable close) {
        this.shell = shell;
        this.close = new MessageView.Action("message.close", Texts.of("button.closeTab"), close);
    }

    /** Something failed; may be tried again. */
    MessageView error(BerthException error, Runnable retry) {
        return MessageView.error(
                shell.icons().of("error", ICON),
                error,
                () -> shell.remedy(error.remedy(), retry),
                List.of(retry("button.retry", retry), close));
    }

    /** Somebody cancelled the start. */
    MessageView cancelled(Runnable retry) {
        return plain(
                "cancel", Texts.of("tab.cancelled"), Texts.of("tab.cancelledText"), retry("button.startAgain", retry));
    }

    /** The display let go of us, and the session goes on. */
    MessageView disconnected(Runnable retry) {
        return plain(
                "plug",
                Texts.of("tab.disconnected"),
                Texts.of("tab.disconnectedText"),
                retry("button.reconnect", retry));
    }

    /** The session does not run. */
    MessageView stopped(SessionInfo session, Runnable start) {
        boolean failed = session.state() == SessionState.FAILED;
        return plain(
                failed ? "error" : "stop",
                Texts.of(failed ? "tab.failed" : "tab.stopped", session.name()),
                Texts.of(failed ? "tab.failedText" : "tab.stoppedText"),
                start(start));
    }

    /** The session went down by itself, and this is why. */
    MessageView failed(SessionInfo session, String why, Runnable start) {
        return plain(
                "error", Texts.of("tab.failed", session.name()), why + " " + Texts.of("tab.failedKept"), start(start));
    }

    private MessageView plain(String icon, String title, String text, MessageView.Action action) {
        return MessageView.plain(shell.icons().of(icon, ICON), title, text, List.of(action, close));
    }

    private static MessageView.Action retry(String words, Runnable retry) {
        return new MessageView.Action("message.retry", Texts.of(words), retry);
    }

    private static MessageView.Action start(Runnable start) {
        return new MessageView.Action("message.start", Texts.of("button.startAgain"), start);
    }
}
