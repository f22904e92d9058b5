/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.overview;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.shell.internal.kit.CardGrid;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.kit.WideColumn;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.event.ActionEvent;
import java.awt.event.HierarchyEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.ScrollPaneConstants;
import javax.swing.Timer;
import javax.swing.UIManager;

/** A tab with all sessions as tiles whose pictures move while the tab is in front. */
@OnEdt
public final class OverviewPanel extends JPanel {

    /** Two pictures a second show that something moves, and cost little. */
    private static final int PERIOD_MILLIS = 500;

    private final transient Sources sources;
    private final transient TileActions actions;
    private final transient Registration changes;
    private final transient Map<String, Tile> tiles = new HashMap<>();
    private final JLabel count = Ui.muted(Ui.label("overview.count", " ", "large"));
    private final JPanel grid;
    private final WideColumn column = new WideColumn();
    private final Timer timer = new Timer(PERIOD_MILLIS, event -> tick());

    /** Shows what the model has, and follows it until {@link #close}. */
    public OverviewPanel(Sources sources, TileActions actions) {
        super(new BorderLayout());
        this.sources = sources;
        this.actions = actions;
        setName("overview");
        grid = new JPanel(new CardGrid(Tile.width(), 2 * Ui.GRID));
        grid.setName("overview.tiles");
        grid.setOpaque(false);
        grid.setAlignmentX(Component.LEFT_ALIGNMENT);
        column.setLayout(new BoxLayout(column, BoxLayout.Y_AXIS));
        column.setBorder(Ui.padding(4, 5, 5, 5));
        column.add(head());
        column.add(Ui.gapDown(3));
        column.add(grid);
        JScrollPane scroll = new JScrollPane(column);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        scroll.setHorizontalScrollBarPolicy(ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
        scroll.getVerticalScrollBar().setUnitIncrement(24);
        add(scroll, BorderLayout.CENTER);
        arrows();
        addHierarchyListener(event -> {
            if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) {
                showing();
            }
        });
        paintBackground();
        changes = sources.sessions().onChange(this::fill);
        fill();
    }

    private JPanel head() {
        JPanel words = new JPanel();
        words.setOpaque(false);
        words.setLayout(new BoxLayout(words, BoxLayout.Y_AXIS));
        words.add(Ui.label("overview.title", Texts.of("overview.title"), "h1"));
        words.add(Ui.gapDown(0.5));
        words.add(count);
        JPanel head = new JPanel(new BorderLayout()) {
            @Override
            public java.awt.Dimension getMaximumSize() {
                return new java.awt.Dimension(Integer.MAX_VALUE, getPreferredSize().height);
            }
        };
        head.setOpaque(false);
        head.setAlignmentX(Component.LEFT_ALIGNMENT);
        head.add(words, BorderLayout.CENTER);
        JPanel button = new JPanel(new java.awt.GridBagLayout());
        button.setOpaque(false);
        button.add(Ui.primary(Ui.button("overview.new", Texts.of("overview.new"), actions::create)));
        head.add(button, BorderLayout.EAST);
        return head;
    }

    private void fill() {
        List<SessionInfo> sessions = sources.sessions().sessions();
        boolean same = sessions.size() == tiles.size();
        for (SessionInfo session : sessions) {
            Tile tile = tiles.get(session.id());
            if (tile == null) {
                tiles.put(session.id(), new Tile(sources, actions, session));
                same = false;
            } else {
                tile.update(session);
            }
        }
        count.setText(
                sessions.isEmpty()
                        ? Texts.of("overview.none")
                        : Texts.of(
                                "overview.count",
                                sessions.size(),
                                sessions.stream()
                                        .filter(it -> it.state() == dev.berth.api.session.SessionState.RUNNING)
                                        .count()));
        if (!same) {
            tiles.values().removeIf(tile -> {
                boolean gone = sessions.stream()
                        .noneMatch(it -> it.id().equals(tile.session().id()));
                if (gone) {
                    tile.close();
                }
                return gone;
            });
            grid.removeAll();
            sessions.forEach(it -> grid.add(tiles.get(it.id())));
            grid.revalidate();
            grid.repaint();
        }
    }

    private void arrows() {
        arrow("LEFT", (all, at) -> at - 1);
        arrow("RIGHT", (all, at) -> at + 1);
        arrow("UP", (all, at) -> at - columns(all));
        arrow("DOWN", (all, at) -> at + columns(all));
    }

    /** Which tile is next. */
    @FunctionalInterface
    private interface Step {
        int from(Component[] all, int at);
    }

    private static int columns(Component[] all) {
        return (int) Arrays.stream(all).filter(it -> it.getY() == all[0].getY()).count();
    }

    private void arrow(String key, Step step) {
        // Nearer to the tiles than the scroll pane, which would scroll.
        grid.getInputMap(WHEN_ANCESTOR_OF_FOCUSED_COMPONENT).put(KeyStroke.getKeyStroke(key), key);
        grid.getActionMap().put(key, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                Component[] all = grid.getComponents();
                for (int i = 0; i < all.length; i++) {
                    if (all[i].isFocusOwner()) {
                        int next = step.from(all, i);
                        if (next >= 0 && next < all.length) {
                            all[next].requestFocusInWindow();
                        }
                        return;
                    }
                }
            }
        });
    }

    /** The first tile takes the keyboard. */
    @Override
    public boolean requestFocusInWindow() {
        return grid.getComponentCount() > 0
                ? grid.getComponent(0).requestFocusInWindow()
                : super.requestFocusInWindow();
    }

    private void showing() {
        if (isShowing()) {
            timer.start();
            tick();
        } else {
            rest();
        }
    }

    private void tick() {
        tiles.values().forEach(Tile::tick);
    }

    private void rest() {
        timer.stop();
        // What comes next begins anew: a picture that is not shown costs nothing.
        tiles.values().forEach(Tile::rest);
    }

    /** Listens no longer. */
    public void close() {
        changes.close();
        timer.stop();
        tiles.values().forEach(Tile::close);
    }

    private void paintBackground() {
        column.setBackground(UIManager.getColor("Berth.content.background"));
    }

    @Override
    public void updateUI() {
        super.updateUI();
        if (column != null) {
            paintBackground();
        }
    }
}
