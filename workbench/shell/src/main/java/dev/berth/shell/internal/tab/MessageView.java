/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import javax.swing.BoxLayout;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JToggleButton;
import javax.swing.UIManager;

/** Says something in place of a desktop: what went wrong and what helps, or that a session is stopped. */
@OnEdt
final class MessageView extends JPanel {

    private static final int WIDTH = 520;

    /** A thing that can be done about it. */
    record Action(String name, String text, Runnable run) {}

    /** An error with its remedy; {@code onRemedy} is what carries the remedy out. */
    static MessageView error(Icon icon, BerthException error, Runnable onRemedy, List<Action> others) {
        List<Action> actions = new ArrayList<>();
        Remedy remedy = error.remedy();
        boolean runnable =
                !remedy.hostCommand().isEmpty() || !remedy.commandId().isEmpty();
        if (runnable) {
            actions.add(new Action("message.remedy", remedy.text(), onRemedy));
        }
        actions.addAll(others);
        String body = runnable || remedy.isNone() ? "" : remedy.text();
        return new MessageView(icon, Texts.of("error.title"), error.summary(), body, error.detail(), actions);
    }

    /** A plain message. */
    static MessageView plain(Icon icon, String title, String text, List<Action> actions) {
        return new MessageView(icon, title, text, "", "", actions);
    }

    private MessageView(Icon icon, String title, String text, String advice, String detail, List<Action> actions) {
        super(new CentredColumn(WIDTH));
        setName("message");
        setBackground(UIManager.getColor("Berth.content.background"));
        JPanel column = new JPanel();
        column.setOpaque(false);
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        JLabel mark = new JLabel(icon);
        mark.setAlignmentX(Component.LEFT_ALIGNMENT);
        column.add(mark);
        column.add(Ui.gapDown(2));
        column.add(Ui.label("message.title", title, "h2"));
        column.add(Ui.gapDown(1));
        column.add(wrapped(Ui.paragraph("message.text", text)));
        if (!advice.isEmpty()) {
            column.add(Ui.gapDown(1));
            column.add(wrapped(Ui.muted(Ui.paragraph("message.advice", advice))));
        }
        column.add(Ui.gapDown(3));
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEADING, 0, 0));
        buttons.setOpaque(false);
        buttons.setAlignmentX(Component.LEFT_ALIGNMENT);
        boolean first = true;
        for (Action action : actions) {
            JButton button = Ui.button(action.name(), action.text(), action.run());
            if (first) {
                Ui.primary(button);
            }
            first = false;
            buttons.add(button);
            buttons.add(Ui.gapAcross(1));
        }
        if (!detail.isEmpty() && !detail.equals(text)) {
            addDetail(column, buttons, detail);
        } else {
            column.add(buttons);
        }
        add(column);
    }

    private void addDetail(JPanel column, JPanel buttons, String detail) {
        JTextArea area = new JTextArea(detail, 8, 40);
        area.setName("message.detail");
        area.setEditable(false);
        area.setLineWrap(true);
        area.setFont(new Font(Font.MONOSPACED, Font.PLAIN, area.getFont().getSize() - 1));
        area.getAccessibleContext().setAccessibleName(Texts.of("error.details"));
        JScrollPane pane = new JScrollPane(area);
        pane.setAlignmentX(Component.LEFT_ALIGNMENT);
        pane.setPreferredSize(new Dimension(WIDTH, 180));
        pane.setVisible(false);
        JToggleButton toggle = new JToggleButton(Texts.of("error.details"));
        toggle.setName("message.showDetail");
        toggle.addActionListener(event -> {
            pane.setVisible(toggle.isSelected());
            revalidate();
        });
        buttons.add(toggle);
        column.add(buttons);
        column.add(Ui.gapDown(2));
        column.add(pane);
    }

    private static JTextArea wrapped(JTextArea area) {
        return CentredColumn.wrapped(area, WIDTH);
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(UIManager.getColor("Berth.content.background"));
    }
}
