/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.KeyInput;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnEdt;
import dev.berth.canvas.DesktopCanvas;
import dev.berth.canvas.ScaleMode;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.ScaledImageIcon;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Thumbnail;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.settings.Preferences;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.ButtonGroup;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JScrollPane;
import javax.swing.JToggleButton;
import javax.swing.JToolBar;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** A desktop with its toolbar. */
@OnEdt
public final class DesktopView extends JPanel {

    /** Left Control, left Alt, Delete: keysym and Linux code. */
    private static final int[][] CONTROL_ALT_DELETE = {{0xffe3, 29}, {0xffe9, 56}, {0xffff, 111}};

    private static final int HOST_MODIFIERS =
            InputEvent.CTRL_DOWN_MASK | InputEvent.ALT_DOWN_MASK | InputEvent.SHIFT_DOWN_MASK;

    private static final int SMALL_WIDTH = 240;

    private final transient SessionDisplay display;
    private final transient Shell shell;
    private final transient Screenshots screenshots;
    private final DesktopCanvas canvas = new DesktopCanvas();
    private final JScrollPane scroll = new JScrollPane(canvas);
    private final JToolBar bar = new JToolBar();
    private final JToggleButton viewOnly =
            Ui.iconToggle("toolbar.viewOnly", Texts.of("toolbar.viewOnly"), null, this::viewOnlyChanged);
    private final transient SoundControls sound;
    private final AwayStrip away;
    private final JLabel hint = new JLabel(Texts.of("toolbar.click"));
    private final Map<ScaleMode, JToggleButton> modes = new EnumMap<>(ScaleMode.class);
    private final transient FullScreen fullScreen;

    DesktopView(Shell shell, SessionDisplay display, String session, Runnable microphoneSwitched) {
        super(new BorderLayout());
        this.shell = shell;
        this.display = display;
        screenshots = new Screenshots(shell, this, session);
        sound = new SoundControls(shell.icons(), microphoneSwitched);
        setName("desktopView");
        setFocusable(true);
        getAccessibleContext().setAccessibleName(Texts.of("desktop.accessible", session));
        scroll.setName("desktopScroll");
        scroll.setBorder(BorderFactory.createEmptyBorder());
        canvas.setBackground(UIManager.getColor("Berth.canvas.background"));
        canvas.getAccessibleContext().setAccessibleName(Texts.of("desktop.accessible", session));
        scroll.getViewport().setBackground(canvas.getBackground());
        fillBar(shell.icons());
        away = new AwayStrip(shell.icons(), display::reconnect);
        away.onShown(canvas::greyed);
        JPanel top = new JPanel(new BorderLayout());
        top.add(bar, BorderLayout.CENTER);
        top.add(away, BorderLayout.SOUTH);
        add(top, BorderLayout.NORTH);
        add(scroll, BorderLayout.CENTER);
        fullScreen = new FullScreen(this, scroll, session);
        canvas.hostKeys(this::hostKey);
        canvas.addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(FocusEvent event) {
                if (viewOnly.isSelected()) {
                    return;
                }
                shell.clipboard().toGuest(display.connection());
                hint.setText(Texts.of("toolbar.release"));
                hint.setIcon(shell.icons().of("keys"));
            }

            @Override
            public void focusLost(FocusEvent event) {
                hint.setText(Texts.of(viewOnly.isSelected() ? "toolbar.onlyLooking" : "toolbar.click"));
                hint.setIcon(null);
            }
        });
        canvas.attach(display.frame(), display.connection());
        mode(wantedMode(new Preferences(shell.services().settings())));
    }

    private static ScaleMode wantedMode(Preferences preferences) {
        String name = preferences.text(Preferences.DESKTOP, "mode", ScaleMode.FOLLOW.name());
        return Arrays.stream(ScaleMode.values())
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElse(ScaleMode.FOLLOW);
    }

    private void fillBar(Icons icons) {
        bar.setName("desktopToolbar");
        bar.setFloatable(false);
        bar.setBorder(Ui.padding(0.5, 1, 0.5, 1));
        ButtonGroup group = new ButtonGroup();
        addMode(group, ScaleMode.FOLLOW, "follow", icons);
        addMode(group, ScaleMode.FIT, "fit", icons);
        addMode(group, ScaleMode.ACTUAL, "actual", icons);
        bar.add(Box.createHorizontalStrut(Ui.GRID));
        bar.addSeparator();
        bar.add(Box.createHorizontalStrut(Ui.GRID));
        bar.add(Ui.iconButton(
                "toolbar.fullScreen", Texts.of("toolbar.fullScreen"), icons.of("fullscreen"), this::toggleFullScreen));
        viewOnly.setIcon(icons.of("eye"));
        bar.add(viewOnly);
        bar.add(Ui.iconButton("toolbar.keys", Texts.of("toolbar.keys"), icons.of("keys"), this::sendControlAltDelete));
        JButton shot =
                Ui.iconButton("toolbar.screenshot", Texts.of("toolbar.screenshot"), icons.of("screenshot"), () -> {});
        shot.addActionListener(event -> screenshotMenu(shot));
        bar.add(shot);
        sound.addTo(bar);
        bar.add(Box.createHorizontalGlue());
        Ui.muted(hint).setName("toolbar.release");
        hint.putClientProperty(FlatClientProperties.STYLE_CLASS, "small");
        bar.add(hint);
        bar.add(Box.createHorizontalStrut(Ui.GRID));
    }

    private void addMode(ButtonGroup group, ScaleMode mode, String name, Icons icons) {
        JToggleButton button =
                Ui.iconToggle("toolbar." + name, Texts.of("toolbar." + name), icons.of(name), () -> mode(mode));
        group.add(button);
        modes.put(mode, button);
        bar.add(button);
    }

    private void screenshotMenu(Component under) {
        JPopupMenu menu = new JPopupMenu();
        JMenuItem file = new JMenuItem(Texts.of("screenshot.file"));
        file.setName("screenshot.file");
        file.addActionListener(event -> screenshots.toFile(display.frame()));
        JMenuItem clip = new JMenuItem(Texts.of("screenshot.clipboard"));
        clip.setName("screenshot.clipboard");
        clip.addActionListener(event -> screenshots.toClipboard(display.frame()));
        menu.add(file);
        menu.add(clip);
        menu.show(under, 0, under.getHeight());
    }

    private boolean hostKey(KeyEvent event) {
        if ((event.getModifiersEx() & HOST_MODIFIERS) != HOST_MODIFIERS) {
            return false;
        }
        switch (event.getKeyCode()) {
            case KeyEvent.VK_G -> {
                fullScreen.leave();
                // Buttons of tool bars take no focus; the view itself does, and leaves its keys to the window.
                requestFocusInWindow();
                return true;
            }
            case KeyEvent.VK_F -> {
                toggleFullScreen();
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    /** Lays the desktop into the view another way. */
    public void mode(ScaleMode mode) {
        canvas.mode(mode);
        JToggleButton button = modes.get(mode);
        if (button != null) {
            button.setSelected(true);
        }
    }

    /** Presses and releases Ctrl+Alt+Del in the guest. */
    public void sendControlAltDelete() {
        DisplayConnection connection = display.connection();
        for (int[] key : CONTROL_ALT_DELETE) {
            connection.input().key(new KeyInput(key[0], key[1], true));
        }
        for (int i = CONTROL_ALT_DELETE.length - 1; i >= 0; i--) {
            int[] key = CONTROL_ALT_DELETE[i];
            connection.input().key(new KeyInput(key[0], key[1], false));
        }
        canvas.requestFocusInWindow();
    }

    /** Keeps keys and pointer from the guest, or lets them through again. */
    public void toggleViewOnly() {
        viewOnly.setSelected(!viewOnly.isSelected());
        viewOnlyChanged();
    }

    private void viewOnlyChanged() {
        canvas.viewOnly(viewOnly.isSelected());
        hint.setText(Texts.of(viewOnly.isSelected() ? "toolbar.onlyLooking" : "toolbar.click"));
        hint.setIcon(null);
    }

    /** Enters or leaves full screen. */
    public void toggleFullScreen() {
        fullScreen.toggle();
        canvas.requestFocusInWindow();
    }

    /** Copies the picture to the clipboard. */
    public void screenshotToClipboard() {
        screenshots.toClipboard(display.frame());
    }

    /** Saves the picture to a file that the person names. */
    public void screenshotToFile() {
        screenshots.toFile(display.frame());
    }

    /** The connection broke, and is tried again. */
    void away(BerthException cause) {
        away.away(cause.summary());
    }

    /** The connection is there again. */
    void back() {
        away.back();
    }

    /** Has the tool bar control this sound; nothing, when there is none. */
    void sound(@Nullable AudioStream stream) {
        sound.attach(stream);
    }

    /** The joined sound; empty while there is none. */
    public Optional<AudioStream> sound() {
        return sound.stream();
    }

    /** How loud the session is, in percent. */
    public int volume() {
        return sound.percent();
    }

    /** Sets how loud the session is, in percent. */
    public void volume(int percent) {
        sound.percent(percent);
    }

    /** Whether the session is silenced on this side. */
    public boolean muted() {
        return sound.muted();
    }

    /** Whether the session hears this host's microphone. */
    public boolean microphoneOn() {
        return sound.microphoneOn();
    }

    /** Silences the session on this side, or lets it be heard again. */
    public void toggleMute() {
        sound.toggleMute();
    }

    /** Lets the session hear this host's microphone, or no more. */
    public void toggleMicrophone() {
        sound.toggleMicrophone();
    }

    /** The component that shows the desktop. */
    public DesktopCanvas canvas() {
        return canvas;
    }

    /** The joined display. */
    public DisplayConnection connection() {
        return display.connection();
    }

    /** The pixels. */
    public FrameBuffer frame() {
        return display.frame();
    }

    /** The picture as it was last, small, for the tip of a tab. */
    public Icon smallPicture() {
        double scale = getGraphicsConfiguration() == null
                ? 1
                : getGraphicsConfiguration().getDefaultTransform().getScaleX();
        int width = UIScale.scale(SMALL_WIDTH);
        return new ScaledImageIcon(
                Thumbnail.of(display.frame().picture(), (int) (width * scale), (int) (width * scale)), scale);
    }

    /** Lets go of the display; the last picture stays. */
    void detach() {
        fullScreen.leave();
        canvas.detach();
    }

    @Override
    public void updateUI() {
        super.updateUI();
        if (canvas != null) {
            canvas.setBackground(UIManager.getColor("Berth.canvas.background"));
            scroll.getViewport().setBackground(canvas.getBackground());
        }
    }
}
