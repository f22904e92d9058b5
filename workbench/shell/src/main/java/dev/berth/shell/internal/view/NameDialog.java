/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.FieldError;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.Component;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** Asks for a name: of a snapshot, of a session. What cannot be a name is marked while it is typed. */
@OnEdt
final class NameDialog {

    /** What sessions and snapshots may be called. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    private NameDialog() {}

    static Optional<String> ask(Component parent, String title, String label, String does, String proposal) {
        JTextField field = new JTextField(proposal, 28);
        field.setName("name.field");
        field.setAlignmentX(Component.LEFT_ALIGNMENT);
        JLabel words = new JLabel(label);
        words.setLabelFor(field);
        FieldError error = new FieldError("name.error");
        JPanel box = new JPanel();
        box.setLayout(new BoxLayout(box, BoxLayout.Y_AXIS));
        box.add(words);
        box.add(Ui.gapDown(0.5));
        box.add(field);
        box.add(error);
        JButton yes = new JButton(does);
        yes.setName("name.yes");
        JButton no = new JButton(Texts.of("button.cancel"));
        JOptionPane pane = new JOptionPane(
                box, JOptionPane.PLAIN_MESSAGE, JOptionPane.DEFAULT_OPTION, null, new Object[] {yes, no}, field);
        yes.addActionListener(event -> pane.setValue(yes));
        no.addActionListener(event -> pane.setValue(no));
        field.getDocument().addDocumentListener(new DocumentListener() {
            private void check() {
                boolean good = NAME.matcher(field.getText()).matches();
                field.putClientProperty(FlatClientProperties.OUTLINE, good ? null : FlatClientProperties.OUTLINE_ERROR);
                error.say(good ? "" : Texts.of("name.bad"));
                yes.setEnabled(good);
            }

            @Override
            public void insertUpdate(DocumentEvent event) {
                check();
            }

            @Override
            public void removeUpdate(DocumentEvent event) {
                check();
            }

            @Override
            public void changedUpdate(DocumentEvent event) {
                check();
            }
        });
        JDialog dialog = pane.createDialog(parent, title);
        dialog.setName("name.dialog");
        dialog.getRootPane().setDefaultButton(yes);
        field.selectAll();
        dialog.setVisible(true);
        dialog.dispose();
        return yes.equals(pane.getValue()) ? Optional.of(field.getText()) : Optional.empty();
    }
}
