/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.StateDot;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.GridLayout;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTree;
import javax.swing.UIManager;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.TreeCellRenderer;

/** A row of the sessions: a dot for the state and the name, or a snapshot; below it, in words, what is known of it. */
final class SessionCell extends JPanel implements TreeCellRenderer {

    private final transient Icons icons;
    private final JLabel mark = new JLabel();
    private final JLabel name = new JLabel();
    private final JLabel about = new JLabel();

    SessionCell(Icons icons) {
        super(new BorderLayout(Ui.GRID, 0));
        this.icons = icons;
        setOpaque(false);
        setBorder(Ui.padding(0.625, 0.5, 0.625, 1));
        JPanel text = new JPanel(new GridLayout(2, 1, 0, 2));
        text.setOpaque(false);
        text.add(name);
        text.add(about);
        add(mark, BorderLayout.WEST);
        add(text, BorderLayout.CENTER);
    }

    @Override
    public Component getTreeCellRendererComponent(
            JTree tree, Object value, boolean selected, boolean expanded, boolean leaf, int row, boolean focused) {
        Object shown = value instanceof DefaultMutableTreeNode node ? node.getUserObject() : value;
        if (shown instanceof SessionNodes.Live live) {
            mark.setIcon(new StateDot(live.session().state()));
            name.setText(live.session().name());
            name.setFont(tree.getFont().deriveFont(Font.BOLD));
            about.setText(live.about());
        } else if (shown instanceof SessionNodes.Kept kept) {
            mark.setIcon(icons.of("pin"));
            name.setText(kept.snapshot().tag());
            name.setFont(tree.getFont());
            about.setText(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                    .withLocale(Texts.locale())
                    .format(kept.snapshot().created().atZone(ZoneId.systemDefault())));
        }
        about.setFont(tree.getFont().deriveFont(tree.getFont().getSize2D() - 1));
        Color chosen =
                UIManager.getColor(tree.hasFocus() ? "Tree.selectionForeground" : "Tree.selectionInactiveForeground");
        name.setForeground(selected ? chosen : tree.getForeground());
        about.setForeground(selected ? chosen : UIManager.getColor("Berth.muted.foreground"));
        getAccessibleContext().setAccessibleName(name.getText() + ", " + about.getText());
        return this;
    }
}
