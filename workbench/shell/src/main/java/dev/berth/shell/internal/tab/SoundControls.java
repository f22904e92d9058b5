/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.audio.AudioStream;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JCheckBoxMenuItem;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.JSlider;
import javax.swing.JToggleButton;
import javax.swing.JToolBar;
import org.jspecify.annotations.Nullable;

/**
 * Volume, mute and microphone of one session, on this side. What is set stays when the sound is joined anew; the microphone is off until
 * the person switches it on, and red in the tool bar while it is on.
 */
@OnEdt
final class SoundControls {

    private static final int LOUDEST = 100;

    private final Icons icons;
    private final Runnable microphoneSwitched;
    private final JButton speaker;
    private final JToggleButton microphone;
    private final JLabel sign = new JLabel(Texts.of("sound.microphoneOn"));
    private @Nullable AudioStream stream;
    private int percent = LOUDEST;
    private boolean muted;
    private boolean microphoneWasOn;

    /**
     * Controls nothing yet.
     *
     * @param microphoneSwitched run when the microphone was switched on or off
     */
    SoundControls(Icons icons, Runnable microphoneSwitched) {
        this.icons = icons;
        this.microphoneSwitched = microphoneSwitched;
        speaker = Ui.iconButton("toolbar.sound", Texts.of("sound.volume"), icons.of("sound"), this::open);
        microphone = Ui.iconToggle(
                "toolbar.microphone", Texts.of("sound.microphone"), icons.of("microphone"), this::microphoneChanged);
        sign.setName("toolbar.microphoneOn");
        sign.setBorder(Ui.padding(0, 0.5, 0, 0.5));
        sign.putClientProperty(FlatClientProperties.STYLE_CLASS, "small");
        sign.setVisible(false);
        attach(null);
    }

    void addTo(JToolBar bar) {
        bar.add(speaker);
        bar.add(microphone);
        bar.add(sign);
    }

    /** Controls this sound from now on; nothing, when there is none. */
    void attach(@Nullable AudioStream joined) {
        stream = joined;
        speaker.setEnabled(joined != null);
        microphone.setEnabled(joined != null);
        if (joined == null) {
            // Whoever is heard again has asked for it again.
            microphone.setSelected(false);
        }
        apply();
        microphoneChanged();
    }

    private void apply() {
        boolean silent = muted || percent == 0;
        speaker.setIcon(icons.of(silent ? "muted" : "sound"));
        speaker.setToolTipText(silent ? Texts.of("sound.muted") : Texts.of("sound.volumeAt", percent));
        if (stream != null) {
            stream.volume(percent / (double) LOUDEST);
            stream.mute(muted);
        }
    }

    private void microphoneChanged() {
        boolean on = microphone.isSelected();
        microphone.setIcon(icons.of(on ? "microphoneOn" : "microphone"));
        microphone.setToolTipText(Texts.of(on ? "sound.microphoneOff" : "sound.microphone"));
        sign.setVisible(on);
        if (stream != null) {
            stream.microphone(on);
        }
        if (on != microphoneWasOn) {
            microphoneWasOn = on;
            microphoneSwitched.run();
        }
    }

    /** The sound that is controlled. */
    Optional<AudioStream> stream() {
        return Optional.ofNullable(stream);
    }

    int percent() {
        return percent;
    }

    void percent(int value) {
        percent = value;
        apply();
    }

    boolean muted() {
        return muted;
    }

    boolean microphoneOn() {
        return microphone.isSelected();
    }

    /** Silences the session, or lets it be heard again. */
    void toggleMute() {
        muted = !muted;
        apply();
    }

    /** Lets the session hear, or no more. */
    void toggleMicrophone() {
        if (stream != null) {
            microphone.setSelected(!microphone.isSelected());
            microphoneChanged();
        }
    }

    private void open() {
        JPopupMenu menu = new JPopupMenu();
        menu.setName("soundMenu");
        JSlider slider = new JSlider(0, LOUDEST, percent);
        slider.setName("sound.volume");
        slider.getAccessibleContext().setAccessibleName(Texts.of("sound.volume"));
        JLabel value = new JLabel(Texts.of("sound.percent", percent), JLabel.TRAILING);
        Dimension widest = new JLabel(Texts.of("sound.percent", LOUDEST)).getPreferredSize();
        value.setPreferredSize(widest);
        JCheckBoxMenuItem mute = new JCheckBoxMenuItem(Texts.of("sound.mute"), muted);
        mute.setName("sound.mute");
        slider.addChangeListener(event -> {
            percent(slider.getValue());
            value.setText(Texts.of("sound.percent", percent));
        });
        mute.addActionListener(event -> toggleMute());
        JPanel row = new JPanel(new BorderLayout(Ui.GRID, 0));
        row.setOpaque(false);
        row.setBorder(Ui.padding(0.5, 1, 0.5, 1.5));
        row.add(slider, BorderLayout.CENTER);
        row.add(value, BorderLayout.EAST);
        menu.add(row);
        menu.add(mute);
        menu.show(speaker, 0, speaker.getHeight());
        slider.requestFocusInWindow();
    }
}
