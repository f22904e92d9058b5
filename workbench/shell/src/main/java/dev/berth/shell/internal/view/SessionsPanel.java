/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.model.SessionModel;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Component;
import java.awt.GridBagLayout;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.Optional;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JList;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.JToolBar;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;

/** The tool window that lists the sessions of this home and what can be done with each. */
@OnEdt
final class SessionsPanel extends JPanel {

    /** What the panel asks for. */
    interface Actions {
        void open(SessionInfo session);

        void start(SessionInfo session);

        void stop(SessionInfo session);

        void remove(SessionInfo session);
    }

    private final transient SessionModel model;
    private final transient Actions actions;
    private final DefaultListModel<SessionInfo> rows = new DefaultListModel<>();
    private final JList<SessionInfo> list = new JList<>(rows);
    private final JPanel pages = new JPanel(new CardLayout());
    private final JButton open;
    private final JButton start;
    private final JButton stop;
    private final JButton remove;

    SessionsPanel(SessionModel model, Icons icons, Actions actions) {
        super(new BorderLayout());
        this.model = model;
        this.actions = actions;
        setName("sessions");
        JToolBar bar = new JToolBar();
        bar.setName("sessions.toolbar");
        bar.setFloatable(false);
        bar.setBorder(Ui.padding(0.25, 1, 0.25, 1));
        open = Ui.iconButton("sessions.open", Texts.of("sessions.open"), icons.of("open"), () -> with(actions::open));
        start = Ui.iconButton(
                "sessions.start", Texts.of("sessions.start"), icons.of("start"), () -> with(actions::start));
        stop = Ui.iconButton("sessions.stop", Texts.of("sessions.stop"), icons.of("stop"), () -> with(actions::stop));
        remove = Ui.iconButton(
                "sessions.remove", Texts.of("sessions.remove"), icons.of("remove"), () -> with(actions::remove));
        bar.add(open);
        bar.add(start);
        bar.add(stop);
        bar.add(remove);
        bar.add(Box.createHorizontalGlue());
        add(bar, BorderLayout.NORTH);

        list.setName("sessions.list");
        list.getAccessibleContext().setAccessibleName(Texts.of("sessions.title"));
        list.putClientProperty(FlatClientProperties.STYLE, "background:$Panel.background");
        list.setCellRenderer(new SessionCell());
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setBorder(Ui.padding(0.5, 0.5, 0.5, 0.5));
        list.addListSelectionListener(event -> enableButtons());
        list.addMouseListener(new ListMouse());
        key(KeyEvent.VK_ENTER, "open", () -> with(actions::open));
        key(KeyEvent.VK_DELETE, "remove", () -> with(actions::remove));
        JScrollPane scroll = new JScrollPane(list);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        pages.add(scroll, "list");
        pages.add(empty(icons), "empty");
        add(pages, BorderLayout.CENTER);
        model.onChange(this::fill);
        fill();
    }

    private static JPanel empty(Icons icons) {
        JPanel panel = new JPanel(new GridBagLayout());
        Box box = Box.createVerticalBox();
        javax.swing.JLabel mark = new javax.swing.JLabel(icons.of("sessions", 32));
        mark.setAlignmentX(Component.CENTER_ALIGNMENT);
        box.add(mark);
        box.add(Ui.gapDown(1.5));
        javax.swing.JLabel title = Ui.label("sessions.emptyTitle", Texts.of("sessions.emptyTitle"), "h4");
        title.setAlignmentX(Component.CENTER_ALIGNMENT);
        box.add(title);
        box.add(Ui.gapDown(0.5));
        javax.swing.JLabel text = Ui.muted(Ui.label("sessions.emptyText", Texts.of("sessions.emptyText"), "medium"));
        text.setHorizontalAlignment(SwingConstants.CENTER);
        text.setAlignmentX(Component.CENTER_ALIGNMENT);
        box.add(text);
        panel.add(box);
        return panel;
    }

    private void key(int code, String name, Runnable action) {
        list.getInputMap().put(KeyStroke.getKeyStroke(code, 0), name);
        list.getActionMap().put(name, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                action.run();
            }
        });
    }

    private void with(java.util.function.Consumer<SessionInfo> action) {
        selected().ifPresent(action);
    }

    private Optional<SessionInfo> selected() {
        return Optional.ofNullable(list.getSelectedValue());
    }

    private void fill() {
        String kept = selected().map(SessionInfo::id).orElse("");
        List<SessionInfo> sessions = model.sessions();
        rows.clear();
        rows.addAll(sessions);
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).id().equals(kept)) {
                list.setSelectedIndex(i);
            }
        }
        ((CardLayout) pages.getLayout()).show(pages, sessions.isEmpty() && model.loaded() ? "empty" : "list");
        enableButtons();
    }

    private void enableButtons() {
        SessionState state = selected().map(SessionInfo::state).orElse(null);
        boolean down = state == SessionState.STOPPED || state == SessionState.FAILED;
        boolean up = state == SessionState.RUNNING || state == SessionState.PAUSED;
        open.setEnabled(state != null);
        start.setEnabled(down);
        stop.setEnabled(up || state == SessionState.STARTING);
        remove.setEnabled(state != null);
    }

    private final class ListMouse extends MouseAdapter {
        @Override
        public void mouseClicked(MouseEvent event) {
            if (SwingUtilities.isLeftMouseButton(event) && event.getClickCount() == 2) {
                with(actions::open);
            }
        }

        @Override
        public void mousePressed(MouseEvent event) {
            popup(event);
        }

        @Override
        public void mouseReleased(MouseEvent event) {
            popup(event);
        }

        private void popup(MouseEvent event) {
            int row = list.locationToIndex(event.getPoint());
            if (!event.isPopupTrigger() || row < 0) {
                return;
            }
            list.setSelectedIndex(row);
            JPopupMenu menu = new JPopupMenu();
            for (JButton button : List.of(open, start, stop, remove)) {
                JMenuItem item = new JMenuItem(button.getToolTipText(), button.getIcon());
                item.setName(button.getName() + ".menu");
                item.setEnabled(button.isEnabled());
                item.addActionListener(it -> button.doClick());
                menu.add(item);
            }
            menu.show(list, event.getX(), event.getY());
        }
    }
}
