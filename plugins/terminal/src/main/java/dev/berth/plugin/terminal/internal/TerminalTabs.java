/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionDirectory;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.plugin.terminal.internal.view.TerminalView;
import dev.berth.plugin.terminal.internal.vt.Emulator;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Font;
import java.awt.Toolkit;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.StringSelection;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.event.ActionEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JTabbedPane;
import javax.swing.KeyStroke;
import javax.swing.SwingConstants;
import javax.swing.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Terminals beside each other, each in a session. */
@OnEdt
final class TerminalTabs extends JPanel {

    private static final Logger LOG = LoggerFactory.getLogger(TerminalTabs.class);
    private static final int TITLE_MILLIS = 500;
    private static final int MOST_TITLE = 28;

    private final transient SessionDirectory sessions;
    private final transient TerminalTexts texts;
    private final transient TerminalPreferences preferences;
    private final transient ToolWindowContext context;
    private final JTabbedPane tabs = new JTabbedPane(JTabbedPane.TOP, JTabbedPane.SCROLL_TAB_LAYOUT);
    private final JPanel empty = new JPanel(new BorderLayout());
    private final transient Map<Component, Opened> opened = new HashMap<>();
    private final Timer titles = new Timer(TITLE_MILLIS, event -> showTitles());

    private record Opened(TerminalConnection connection, TerminalView view, String session) {}

    TerminalTabs(
            SessionDirectory sessions,
            TerminalTexts texts,
            TerminalPreferences preferences,
            ToolWindowContext context) {
        super(new BorderLayout());
        this.sessions = sessions;
        this.texts = texts;
        this.preferences = preferences;
        this.context = context;
        setName("terminals");
        tabs.setName("terminal.tabs");
        tabs.setBorder(BorderFactory.createEmptyBorder());
        tabs.putClientProperty("JTabbedPane.tabClosable", true);
        tabs.putClientProperty("JTabbedPane.tabHeight", 28);
        tabs.putClientProperty("JTabbedPane.tabCloseToolTipText", texts.of("close"));
        tabs.putClientProperty(
                "JTabbedPane.tabCloseCallback", (BiConsumer<JTabbedPane, Integer>) (pane, index) -> close(index));
        JPanel trailing = new JPanel(new BorderLayout());
        trailing.setOpaque(false);
        trailing.add(newButton(), BorderLayout.LINE_START);
        tabs.putClientProperty("JTabbedPane.trailingComponent", trailing);
        tabs.addChangeListener(event -> focus());
        JLabel words = new JLabel(texts.of("none"), SwingConstants.CENTER);
        words.setName("terminal.none");
        JPanel middle = new JPanel();
        middle.add(words);
        JButton start = newButton();
        start.setText(texts.of("new"));
        start.setName("terminal.start");
        start.putClientProperty("JButton.buttonType", null);
        middle.add(start);
        empty.add(middle, BorderLayout.NORTH);
        middle.setBorder(BorderFactory.createEmptyBorder(24, 16, 16, 16));
        context.onClose(this::closeAll);
        titles.start();
        arrange();
    }

    private JButton newButton() {
        JButton button = new JButton("+");
        button.setName("terminal.new");
        button.setToolTipText(texts.of("new"));
        button.getAccessibleContext().setAccessibleName(texts.of("new"));
        button.putClientProperty("JButton.buttonType", "toolBarButton");
        button.addActionListener(event -> choose(button));
        return button;
    }

    private void arrange() {
        JComponent wanted = tabs.getTabCount() == 0 ? empty : tabs;
        if (getComponentCount() == 0 || !wanted.equals(getComponent(0))) {
            removeAll();
            add(wanted, BorderLayout.CENTER);
            revalidate();
            repaint();
        }
        context.badge(tabs.getTabCount() > 1 ? String.valueOf(tabs.getTabCount()) : "");
    }

    /** Opens a terminal in the session in front, or asks in which. */
    private void choose(Component under) {
        ask(running -> {
            if (running.size() == 1) {
                open(running.get(0));
                return;
            }
            JPopupMenu menu = new JPopupMenu();
            menu.setName("terminal.sessions");
            if (running.isEmpty()) {
                JMenuItem none = new JMenuItem(texts.of("noSessions"));
                none.setEnabled(false);
                menu.add(none);
            }
            for (SessionInfo session : running) {
                JMenuItem item = new JMenuItem(session.name());
                item.addActionListener(event -> open(session));
                menu.add(item);
            }
            menu.show(under, 0, under.getHeight());
        });
    }

    private void ask(Consumer<List<SessionInfo>> then) {
        Thread thread = new Thread(
                () -> {
                    try {
                        List<SessionInfo> running = sessions.sessions().stream()
                                .filter(session -> session.state() == SessionState.RUNNING)
                                .toList();
                        Edt.runLater(() -> then.accept(running));
                    } catch (BerthException e) {
                        context.commands().showError(e);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "berth-terminal-sessions");
        thread.setDaemon(true);
        thread.start();
    }

    /** Opens another terminal in a session. */
    void open(SessionInfo session) {
        TerminalConnection[] holder = new TerminalConnection[1];
        TerminalConnection connection =
                new TerminalConnection(preferences.kept(), () -> Edt.runLater(() -> ended(holder[0])));
        holder[0] = connection;
        TerminalView view = new TerminalView(
                connection.terminal(),
                new Font(Font.MONOSPACED, Font.PLAIN, preferences.fontSize()),
                connection::type,
                (columns, rows) -> connection.resize());
        view.screen().getAccessibleContext().setAccessibleName(texts.of("accessible", session.name()));
        keys(view);
        opened.put(view, new Opened(connection, view, session.name()));
        tabs.addTab(session.name(), view);
        tabs.setSelectedComponent(view);
        arrange();
        focus();
        connection.open(sessions, session.id());
    }

    /** How many terminals are open. */
    int count() {
        return tabs.getTabCount();
    }

    /** What one of them shows. */
    Emulator terminal(int index) {
        return opened.values().stream()
                .filter(it -> it.view().equals(tabs.getComponentAt(index)))
                .findFirst()
                .orElseThrow()
                .connection()
                .terminal();
    }

    private void focus() {
        if (tabs.getSelectedComponent() instanceof TerminalView view) {
            view.screen().requestFocusInWindow();
        }
    }

    private void ended(TerminalConnection connection) {
        opened.values().stream()
                .filter(it -> it.connection().equals(connection))
                .findFirst()
                .ifPresent(it -> {
                    int index = tabs.indexOfComponent(it.view());
                    if (index >= 0) {
                        tabs.setEnabledAt(index, true);
                        tabs.setTitleAt(index, texts.of("ended", it.session()));
                        opened.put(it.view(), new Opened(connection, it.view(), texts.of("ended", it.session())));
                    }
                });
    }

    private void close(int index) {
        Opened gone = opened.remove(tabs.getComponentAt(index));
        tabs.removeTabAt(index);
        if (gone != null) {
            gone.connection().close();
        }
        arrange();
    }

    private void closeAll() {
        Edt.run(() -> {
            titles.stop();
            opened.values().forEach(it -> it.connection().close());
            opened.clear();
        });
    }

    private void showTitles() {
        for (int i = 0; i < tabs.getTabCount(); i++) {
            Opened it = opened.get(tabs.getComponentAt(i));
            if (it != null) {
                String told;
                synchronized (it.connection().terminal()) {
                    told = it.connection().terminal().title();
                }
                String shortened = told.length() > MOST_TITLE ? told.substring(0, MOST_TITLE) + "…" : told;
                String title = shortened.isBlank() ? it.session() : it.session() + ": " + shortened;
                if (!title.equals(tabs.getTitleAt(i))) {
                    tabs.setTitleAt(i, title);
                    tabs.setToolTipTextAt(i, told);
                }
            }
        }
    }

    // ---- copy and paste

    private void keys(TerminalView view) {
        bind(view, "ctrl shift C", () -> copy(view));
        bind(view, "ctrl INSERT", () -> copy(view));
        bind(view, "ctrl shift V", () -> paste(view));
        bind(view, "shift INSERT", () -> paste(view));
        bind(view, "ctrl shift PLUS", () -> preferences.larger(1, this::sized));
        bind(view, "ctrl EQUALS", () -> preferences.larger(1, this::sized));
        bind(view, "ctrl MINUS", () -> preferences.larger(-1, this::sized));
        view.screen().addMouseListener(new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                popup(event);
            }

            @Override
            public void mouseReleased(MouseEvent event) {
                popup(event);
            }

            private void popup(MouseEvent event) {
                if (event.isPopupTrigger()) {
                    JPopupMenu menu = new JPopupMenu();
                    JMenuItem copy = new JMenuItem(texts.of("copy"));
                    copy.setEnabled(!view.selected().isEmpty());
                    copy.addActionListener(it -> copy(view));
                    JMenuItem paste = new JMenuItem(texts.of("paste"));
                    paste.addActionListener(it -> paste(view));
                    menu.add(copy);
                    menu.add(paste);
                    menu.show(event.getComponent(), event.getX(), event.getY());
                }
            }
        });
    }

    private void sized(int size) {
        opened.values().forEach(it -> it.view().font(new Font(Font.MONOSPACED, Font.PLAIN, size)));
    }

    private static void bind(TerminalView view, String keys, Runnable action) {
        view.screen().getInputMap().put(KeyStroke.getKeyStroke(keys), keys);
        view.screen().getActionMap().put(keys, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                action.run();
            }
        });
    }

    private static void copy(TerminalView view) {
        String text = view.selected();
        if (!text.isEmpty()) {
            Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(text), null);
        }
    }

    private void paste(TerminalView view) {
        // Another program's clipboard may take long to answer.
        Thread thread = new Thread(
                () -> {
                    try {
                        Object text =
                                Toolkit.getDefaultToolkit().getSystemClipboard().getData(DataFlavor.stringFlavor);
                        Edt.runLater(() -> view.paste(String.valueOf(text)));
                    } catch (UnsupportedFlavorException | IOException | IllegalStateException e) {
                        LOG.debug("Nothing to paste", e);
                    }
                },
                "berth-terminal-paste");
        thread.setDaemon(true);
        thread.start();
    }
}
