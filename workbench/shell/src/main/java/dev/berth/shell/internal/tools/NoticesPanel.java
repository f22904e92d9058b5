/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.model.Notice;
import dev.berth.shell.internal.model.Notices;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.GridBagLayout;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.SwingConstants;

/** The tool window with what the window told, and what can still be done about it. */
@OnEdt
public final class NoticesPanel extends JPanel {

    private final transient Notices notices;
    private final transient Icons icons;
    private final JPanel list = new JPanel();
    private final JLabel none = Ui.muted(new JLabel(Texts.of("notices.none"), SwingConstants.CENTER));

    /** Follows the notices while it is there. */
    public NoticesPanel(Notices notices, Icons icons, ToolWindowContext context) {
        super(new BorderLayout());
        this.notices = notices;
        this.icons = icons;
        setName("notices");
        none.setName("notices.none");
        none.setBorder(Ui.padding(3, 2, 3, 2));
        list.setLayout(new BoxLayout(list, BoxLayout.Y_AXIS));
        list.setBorder(Ui.padding(1, 2, 1, 2));
        JPanel top = new JPanel(new BorderLayout());
        top.add(none, BorderLayout.NORTH);
        top.add(list, BorderLayout.CENTER);
        JScrollPane scroll = new JScrollPane(top);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.getVerticalScrollBar().setUnitIncrement(16);
        add(scroll, BorderLayout.CENTER);
        context.onClose(notices.onNew(notice -> fill()));
        fill();
    }

    private void fill() {
        list.removeAll();
        notices.all().forEach(notice -> list.add(row(notice)));
        none.setVisible(notices.all().isEmpty());
        list.revalidate();
        list.repaint();
    }

    private JPanel row(Notice notice) {
        JPanel row = new JPanel(new BorderLayout(2 * Ui.GRID, 0));
        row.setName("notice");
        row.setAlignmentX(Component.LEFT_ALIGNMENT);
        row.setBorder(Ui.padding(0.75, 0, 0.75, 0));
        boolean bad = notice.kind() == Notice.Kind.FAILED;
        JLabel text = new JLabel(notice.text(), icons.of(bad ? "error" : "check"), SwingConstants.LEADING);
        text.putClientProperty("html.disable", true);
        text.setName("notice.text");
        text.setToolTipText(notice.text());
        text.setIconTextGap(Ui.GRID);
        JLabel when = Ui.muted(new JLabel(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(Texts.locale())
                .format(notice.when().atZone(ZoneId.systemDefault()))));
        row.add(when, BorderLayout.LINE_START);
        row.add(text, BorderLayout.CENTER);
        notice.action().ifPresent(action -> {
            JPanel right = new JPanel(new GridBagLayout());
            right.add(Ui.button("notice.action", action.words(), action.run()));
            row.add(right, BorderLayout.LINE_END);
        });
        return row;
    }
}
