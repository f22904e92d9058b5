/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.display.ServerKey;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Texts;
import java.awt.Component;
import java.util.stream.Collectors;
import javax.swing.JOptionPane;

/** Asks whether a display's key is the right one. No is what happens by itself. */
@OnEdt
final class TrustDialog {

    private TrustDialog() {}

    static boolean ask(Component parent, ServerKey key) {
        String doubts = key.doubts().stream()
                .sorted()
                .map(doubt -> Texts.of("trust." + doubt.name()))
                .collect(Collectors.joining("\n"));
        String fingerprint =
                key.fingerprint() + (key.shortFingerprint().isEmpty() ? "" : "\n" + key.shortFingerprint());
        Object[] answers = {Texts.of("trust.yes"), Texts.of("trust.no")};
        int answer = JOptionPane.showOptionDialog(
                parent,
                Texts.of("trust.text", key.realm(), doubts, key.subject(), fingerprint),
                Texts.of("trust.title", key.realm()),
                JOptionPane.DEFAULT_OPTION,
                JOptionPane.WARNING_MESSAGE,
                null,
                answers,
                answers[1]);
        return answer == 0;
    }
}
