/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Texts;
import java.awt.Component;
import java.util.List;
import java.util.stream.Collectors;
import javax.swing.JOptionPane;

/** Asks what becomes of running sessions when the window closes. */
@OnEdt
final class CloseQuestion {

    /** What the person wants. */
    enum Answer {
        KEEP,
        STOP,
        CANCEL
    }

    private CloseQuestion() {}

    static Answer ask(Component parent, List<SessionInfo> running) {
        String names = running.stream().map(SessionInfo::name).collect(Collectors.joining(", "));
        String[] choices = {
            Texts.of("close.keep"),
            Texts.of(running.size() == 1 ? "close.stopOne" : "close.stop"),
            Texts.of("button.cancel")
        };
        JOptionPane pane = new JOptionPane(
                Texts.of(running.size() == 1 ? "close.one" : "close.many", running.size(), names),
                JOptionPane.QUESTION_MESSAGE,
                JOptionPane.YES_NO_CANCEL_OPTION,
                null,
                choices,
                choices[0]);
        pane.setName("close.question");
        javax.swing.JDialog dialog = pane.createDialog(parent, Texts.of("close.title"));
        dialog.setName("close.dialog");
        dialog.setVisible(true);
        dialog.dispose();
        Object value = pane.getValue();
        if (choices[0].equals(value)) {
            return Answer.KEEP;
        }
        return choices[1].equals(value) ? Answer.STOP : Answer.CANCEL;
    }
}
