/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.display.Credentials;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.Component;
import java.util.Optional;
import javax.swing.Box;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPasswordField;
import javax.swing.JTextField;

/** Asks for the password of a display, and for a name where one is wanted. */
@OnEdt
final class LoginDialog {

    private static final int COLUMNS = 24;

    private LoginDialog() {}

    static Optional<Credentials.Login> ask(Component parent, String realm, boolean needUser) {
        Box box = Box.createVerticalBox();
        JTextField user = new JTextField(COLUMNS);
        user.setName("login.user");
        JPasswordField password = new JPasswordField(COLUMNS);
        password.setName("login.password");
        if (needUser) {
            box.add(labelled(Texts.of("login.user"), user));
            box.add(user);
            box.add(Ui.gapDown(1));
        }
        box.add(labelled(Texts.of("login.password"), password));
        box.add(password);
        int answer = JOptionPane.showConfirmDialog(
                parent, box, Texts.of("login.title", realm), JOptionPane.OK_CANCEL_OPTION, JOptionPane.PLAIN_MESSAGE);
        return answer == JOptionPane.OK_OPTION
                ? Optional.of(new Credentials.Login(user.getText(), new String(password.getPassword())))
                : Optional.empty();
    }

    private static JLabel labelled(String text, JTextField field) {
        JLabel label = new JLabel(text);
        label.setLabelFor(field);
        return label;
    }
}
