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
import java.awt.Rectangle;
import java.awt.event.ActionEvent;
import java.awt.event.HierarchyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.JButton;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.JToolBar;
import javax.swing.JTree;
import javax.swing.KeyStroke;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.tree.DefaultMutableTreeNode;
import javax.swing.tree.TreePath;
import javax.swing.tree.TreeSelectionModel;

/** The tool window with the sessions of this home, their snapshots below them, and what can be done with each. */
@OnEdt
final class SessionsPanel extends JPanel {

    private static final int USAGE_MILLIS = 3000;

    private final transient SessionModel model;
    private final transient WorkbenchFrame window;
    private final transient SessionActions actions;
    private final transient SessionNodes nodes;
    private final JTree tree;
    private final JPanel pages = new JPanel(new CardLayout());
    private final JButton open;
    private final JButton start;
    private final JButton stop;
    private final JButton remove;
    private final Timer usage;

    SessionsPanel(SessionModel model, WorkbenchFrame window, SessionActions actions) {
        super(new BorderLayout());
        this.model = model;
        this.window = window;
        this.actions = actions;
        nodes = new SessionNodes(window.services().sessions(), window.background());
        usage = new Timer(USAGE_MILLIS, event -> nodes.askUsage());
        tree = new JTree(nodes.tree());
        setName("sessions");
        Icons icons = window.icons();
        open = Ui.iconButton("sessions.open", Texts.of("sessions.open"), icons.of("open"), () -> with(actions::open));
        start = Ui.iconButton(
                "sessions.start", Texts.of("sessions.start"), icons.of("start"), () -> with(actions::start));
        stop = Ui.iconButton("sessions.stop", Texts.of("sessions.stop"), icons.of("stop"), () -> with(actions::stop));
        remove = Ui.iconButton(
                "sessions.remove", Texts.of("sessions.remove"), icons.of("remove"), () -> with(actions::remove));
        add(bar(icons), BorderLayout.NORTH);
        dress(icons);
        JScrollPane scroll = new JScrollPane(tree);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        pages.add(scroll, "list");
        pages.add(empty(icons), "empty");
        add(pages, BorderLayout.CENTER);
        addHierarchyListener(event -> {
            if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) {
                askWhileSeen();
            }
        });
        model.onChange(this::fill);
        fill();
    }

    private JToolBar bar(Icons icons) {
        JToolBar bar = new JToolBar();
        bar.setName("sessions.toolbar");
        bar.setFloatable(false);
        bar.setBorder(Ui.padding(0.25, 1, 0.25, 1));
        bar.add(Ui.iconButton(
                "sessions.new", Texts.of("command.newSession"), icons.of("add"), () -> window.newSession("")));
        bar.addSeparator();
        bar.add(open);
        bar.add(start);
        bar.add(stop);
        bar.add(remove);
        bar.add(Box.createHorizontalGlue());
        bar.add(Ui.iconButton(
                "sessions.overview", Texts.of("overview.title"), icons.of("overview"), window::showOverview));
        return bar;
    }

    private void dress(Icons icons) {
        tree.setName("sessions.tree");
        tree.getAccessibleContext().setAccessibleName(Texts.of("sessions.title"));
        tree.putClientProperty(FlatClientProperties.STYLE, "background:$Panel.background");
        tree.setRootVisible(false);
        tree.setShowsRootHandles(true);
        tree.setRowHeight(0);
        tree.setToggleClickCount(0);
        tree.setCellRenderer(new SessionCell(icons));
        tree.getSelectionModel().setSelectionMode(TreeSelectionModel.SINGLE_TREE_SELECTION);
        tree.addTreeSelectionListener(event -> enableButtons());
        tree.addMouseListener(new TreeMouse());
        key("ENTER", () -> with(actions::open));
        key(
                "DELETE",
                () -> snapshot()
                        .ifPresentOrElse(
                                it -> actions.removeSnapshot(it.session(), it.snapshot()),
                                () -> with(actions::remove)));
        key("CONTEXT_MENU", this::popupByKey);
        key("shift F10", this::popupByKey);
    }

    private void askWhileSeen() {
        if (isShowing()) {
            usage.start();
        } else {
            usage.stop();
        }
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

    private void key(String stroke, Runnable action) {
        tree.getInputMap().put(KeyStroke.getKeyStroke(stroke), "sessions." + stroke);
        tree.getActionMap().put("sessions." + stroke, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                action.run();
            }
        });
    }

    private void with(Consumer<SessionInfo> action) {
        selected().ifPresent(action);
    }

    private Optional<Object> chosen() {
        return Optional.ofNullable(tree.getSelectionPath())
                .map(TreePath::getLastPathComponent)
                .map(node -> ((DefaultMutableTreeNode) node).getUserObject());
    }

    /** The session that is chosen, or whose snapshot is. */
    private Optional<SessionInfo> selected() {
        return chosen().flatMap(it -> it instanceof SessionNodes.Live live
                ? Optional.of(live.session())
                : it instanceof SessionNodes.Kept kept ? Optional.of(kept.session()) : Optional.empty());
    }

    private Optional<SessionNodes.Kept> snapshot() {
        return chosen().filter(SessionNodes.Kept.class::isInstance).map(SessionNodes.Kept.class::cast);
    }

    private void fill() {
        List<SessionInfo> sessions = model.sessions();
        nodes.show(sessions);
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

    private void popupByKey() {
        Rectangle row = tree.getPathBounds(tree.getSelectionPath());
        if (row != null) {
            popup(row.x + row.width / 2, row.y + row.height);
        }
    }

    private void popup(int x, int y) {
        Optional<SessionNodes.Kept> kept = snapshot();
        if (kept.isPresent()) {
            snapshotMenu(kept.get()).show(tree, x, y);
        } else {
            selected().ifPresent(it -> SessionMenu.of(it, window, actions).show(tree, x, y));
        }
    }

    private JPopupMenu snapshotMenu(SessionNodes.Kept kept) {
        JPopupMenu menu = new JPopupMenu();
        menu.setName("snapshot.menu");
        JMenuItem restore =
                new JMenuItem(Texts.of("snapshot.restore"), window.icons().of("refresh"));
        restore.setName("snapshot.restore");
        restore.addActionListener(event -> actions.restore(kept.session(), kept.snapshot()));
        JMenuItem gone =
                new JMenuItem(Texts.of("sessions.remove"), window.icons().of("remove"));
        gone.setName("snapshot.remove");
        gone.addActionListener(event -> actions.removeSnapshot(kept.session(), kept.snapshot()));
        menu.add(restore);
        menu.add(gone);
        return menu;
    }

    private final class TreeMouse extends MouseAdapter {
        @Override
        public void mouseClicked(MouseEvent event) {
            if (SwingUtilities.isLeftMouseButton(event)
                    && event.getClickCount() == 2
                    && snapshot().isEmpty()) {
                with(actions::open);
            }
        }

        @Override
        public void mousePressed(MouseEvent event) {
            maybePopup(event);
        }

        @Override
        public void mouseReleased(MouseEvent event) {
            maybePopup(event);
        }

        private void maybePopup(MouseEvent event) {
            int row = tree.getClosestRowForLocation(event.getX(), event.getY());
            Rectangle bounds = tree.getRowBounds(row);
            if (event.isPopupTrigger() && bounds != null && event.getY() < bounds.y + bounds.height) {
                tree.setSelectionRow(row);
                popup(event.getX(), event.getY());
            }
        }
    }
}
