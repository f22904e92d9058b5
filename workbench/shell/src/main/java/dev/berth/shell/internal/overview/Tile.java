/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.overview;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.StateDot;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.event.ActionEvent;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.swing.AbstractAction;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;

/** A session in the overview: its picture, name, state and engine, and what can be done with it. */
@OnEdt
final class Tile extends JPanel {

    static final int PICTURE_WIDTH = 272;
    static final int PICTURE_HEIGHT = 170;
    private static final int INSET = 12;

    private final transient Sources sources;
    private final transient TileActions actions;
    private final transient LivePicture live;
    private final PictureView picture;
    private final JLabel title = new JLabel();
    private final JLabel state = new JLabel();
    private final JButton power;
    private transient SessionInfo session;
    private boolean over;

    Tile(Sources sources, TileActions actions, SessionInfo session) {
        super(new BorderLayout());
        this.sources = sources;
        this.actions = actions;
        this.session = session;
        setName("tile." + session.name());
        setFocusable(true);
        int width = UIScale.scale(PICTURE_WIDTH);
        int height = UIScale.scale(PICTURE_HEIGHT);
        picture = new PictureView(width, height);
        picture.placeholder(sources.placeholder(session, width, height));
        live = new LivePicture(sources, session.id(), this::pictureChanged);
        power = Ui.iconButton("tile.power", "", sources.icons().of("stop"), () -> actions.startOrStop(this.session));
        add(picture, BorderLayout.NORTH);
        add(foot(), BorderLayout.CENTER);
        listen();
        update(session);
        frame();
    }

    private JPanel foot() {
        title.setName("tile.title");
        title.putClientProperty(FlatClientProperties.STYLE_CLASS, "h4");
        state.setName("tile.state");
        state.setIconTextGap(UIScale.scale(6));
        Ui.muted(state);
        JPanel text = new JPanel();
        text.setOpaque(false);
        text.setLayout(new BoxLayout(text, BoxLayout.Y_AXIS));
        text.add(title);
        text.add(Ui.gapDown(0.5));
        text.add(state);
        JPanel buttons = new JPanel();
        buttons.setOpaque(false);
        buttons.setLayout(new BoxLayout(buttons, BoxLayout.X_AXIS));
        buttons.add(power);
        JButton more = Ui.iconButton(
                "tile.more", Texts.of("overview.more"), sources.icons().of("more"), () -> {});
        more.addActionListener(event -> actions.menu(session, more, 0, more.getHeight()));
        buttons.add(more);
        JPanel foot = new JPanel(new BorderLayout(Ui.GRID, 0));
        foot.setOpaque(false);
        foot.setBorder(Ui.padding(1.25, 0.25, 0, 0));
        foot.add(text, BorderLayout.CENTER);
        foot.add(buttons, BorderLayout.EAST);
        return foot;
    }

    private void listen() {
        MouseAdapter mouse = new MouseAdapter() {
            @Override
            public void mouseEntered(MouseEvent event) {
                over = true;
                frame();
            }

            @Override
            public void mouseExited(MouseEvent event) {
                over = contains(SwingUtilities.convertPoint(event.getComponent(), event.getPoint(), Tile.this));
                frame();
            }

            @Override
            public void mousePressed(MouseEvent event) {
                requestFocusInWindow();
                popup(event);
            }

            @Override
            public void mouseReleased(MouseEvent event) {
                popup(event);
            }

            @Override
            public void mouseClicked(MouseEvent event) {
                if (SwingUtilities.isLeftMouseButton(event)) {
                    actions.open(session);
                }
            }

            private void popup(MouseEvent event) {
                if (event.isPopupTrigger()) {
                    actions.menu(session, event.getComponent(), event.getX(), event.getY());
                }
            }
        };
        addMouseListener(mouse);
        addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(FocusEvent event) {
                frame();
                scrollRectToVisible(new java.awt.Rectangle(0, 0, getWidth(), getHeight()));
            }

            @Override
            public void focusLost(FocusEvent event) {
                frame();
            }
        });
        key("ENTER", () -> actions.open(session));
        key("SPACE", () -> actions.open(session));
        key("CONTEXT_MENU", () -> actions.menu(session, this, getWidth() / 2, getHeight() / 2));
        key("shift F10", () -> actions.menu(session, this, getWidth() / 2, getHeight() / 2));
    }

    private void key(String stroke, Runnable action) {
        getInputMap().put(KeyStroke.getKeyStroke(stroke), stroke);
        getActionMap().put(stroke, new AbstractAction() {
            @Override
            public void actionPerformed(ActionEvent event) {
                action.run();
            }
        });
    }

    SessionInfo session() {
        return session;
    }

    /** The session is as it is now. */
    void update(SessionInfo now) {
        session = now;
        if (now.state() != SessionState.RUNNING) {
            // Its display ends with it; the next start has another.
            live.rest();
        }
        title.setText(now.name());
        title.setToolTipText(now.name());
        String words = StateDot.words(now.state());
        state.setIcon(new StateDot(now.state()));
        state.setText(now.engine().isEmpty() ? words : words + " · " + now.engine());
        boolean down = now.state() == SessionState.STOPPED || now.state() == SessionState.FAILED;
        String does = Texts.of(down ? "sessions.start" : "sessions.stop");
        power.setIcon(sources.icons().of(down ? "start" : "stop"));
        power.setToolTipText(does);
        power.getAccessibleContext().setAccessibleName(Texts.of("overview.does", does, now.name()));
        power.setEnabled(now.state() != SessionState.STOPPING);
        getAccessibleContext().setAccessibleName(now.name() + ", " + state.getText());
        pictureChanged();
    }

    private void pictureChanged() {
        boolean awake = session.state() == SessionState.RUNNING || session.state() == SessionState.PAUSED;
        picture.image(awake ? live.image() : null);
    }

    /** Looks for new pixels, if the session runs and the tile is in view. */
    void tick() {
        if (session.state() == SessionState.RUNNING && !getVisibleRect().isEmpty()) {
            live.tick(picture.deviceSize());
        }
    }

    /** Asks for no more pixels until the next {@link #tick}. */
    void rest() {
        live.rest();
    }

    /** Asks for no more pixels. */
    void close() {
        live.close();
    }

    private void frame() {
        String border = isFocusOwner()
                ? "$Component.focusColor,2,12"
                : over ? "$Berth.card.hoverBorder,1,12" : "$Berth.card.border,1,12";
        putClientProperty(
                FlatClientProperties.STYLE,
                "arc:12;background:$Berth.card." + (over ? "hoverBackground" : "background") + ";border:" + INSET + ","
                        + INSET + "," + INSET + "," + INSET + "," + border);
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(width(), super.getPreferredSize().height);
    }

    /** The width of every tile. */
    static int width() {
        return UIScale.scale(PICTURE_WIDTH + 2 * INSET);
    }

    @Override
    public AccessibleContext getAccessibleContext() {
        if (accessibleContext == null) {
            accessibleContext = new AccessibleJPanel() {
                @Override
                public AccessibleRole getAccessibleRole() {
                    return AccessibleRole.LIST_ITEM;
                }
            };
        }
        return accessibleContext;
    }
}
