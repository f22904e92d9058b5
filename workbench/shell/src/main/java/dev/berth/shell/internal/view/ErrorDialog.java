/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Texts;
import java.awt.Component;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JDialog;
import javax.swing.JOptionPane;

/** An error that no tab stands for. */
@OnEdt
final class ErrorDialog {

    private ErrorDialog() {}

    static void show(Component parent, BerthException error, Runnable onRemedy) {
        Remedy remedy = error.remedy();
        boolean runnable =
                !remedy.hostCommand().isEmpty() || !remedy.commandId().isEmpty();
        List<Object> choices = new ArrayList<>();
        if (runnable) {
            choices.add(remedy.text());
        }
        choices.add(Texts.of("button.close"));
        String text = runnable || remedy.isNone() ? error.summary() : error.summary() + "\n\n" + remedy.text();
        JOptionPane pane = new JOptionPane(
                text, JOptionPane.ERROR_MESSAGE, JOptionPane.DEFAULT_OPTION, null, choices.toArray(), choices.get(0));
        JDialog dialog = pane.createDialog(parent, Texts.of("error.title"));
        dialog.setName("error.dialog");
        dialog.setVisible(true);
        dialog.dispose();
        if (runnable && choices.get(0).equals(pane.getValue())) {
            onRemedy.run();
        }
    }
}
