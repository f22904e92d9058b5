/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.util.function.IntConsumer;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JSlider;
import javax.swing.JToggleButton;

/** One line of the mixer: who plays, how loud it is, how loud it shall be, and whether it is silenced. */
@OnEdt
final class MixerRow extends JPanel {

    private static final int FULL = 100;
    /** Decibels below full that the meter still shows. */
    private static final double RANGE = 48;
    /** What the person has set stands for so long, until it is heard of from the guest. */
    private static final long OWN_NANOS = 600_000_000L;

    private final transient Icons icons;
    private final JLabel words = new JLabel();
    private final JProgressBar meter = new JProgressBar(0, FULL);
    private final JSlider slider = new JSlider(0, FULL);
    private final JLabel percent = new JLabel("", JLabel.TRAILING);
    private final JToggleButton mute;
    private boolean showing;
    private long set = System.nanoTime() - OWN_NANOS;

    /**
     * Shows nothing yet.
     *
     * @param name of the component; its parts have it as a prefix
     * @param volumeSet takes what the person set, in percent
     * @param muteToggled run when the person switched
     */
    MixerRow(String name, Icons icons, IntConsumer volumeSet, Runnable muteToggled) {
        this.icons = icons;
        setName(name);
        setOpaque(false);
        setLayout(new BoxLayout(this, BoxLayout.LINE_AXIS));
        setBorder(Ui.padding(0.25, 2, 0.25, 2));
        words.setName(name + ".words");
        // What an application calls itself is text, whatever it looks like.
        words.putClientProperty("html.disable", true);
        meter.setName(name + ".level");
        meter.getAccessibleContext().setAccessibleName(Texts.of("mixer.level"));
        slider.setName(name + ".volume");
        slider.getAccessibleContext().setAccessibleName(Texts.of("sound.volume"));
        slider.addChangeListener(event -> {
            percent.setText(Texts.of("sound.percent", slider.getValue()));
            if (!showing) {
                set = System.nanoTime();
                volumeSet.accept(slider.getValue());
            }
        });
        mute = Ui.iconToggle(name + ".mute", Texts.of("sound.mute"), icons.of("sound"), muteToggled);
        JPanel left = new JPanel(new BorderLayout());
        left.setOpaque(false);
        left.add(words, BorderLayout.CENTER);
        left.add(meter, BorderLayout.SOUTH);
        fix(left, 24, 5);
        fix(percent, 6, 3);
        add(left);
        add(Box.createHorizontalStrut(Ui.GRID * 2));
        add(mute);
        add(slider);
        add(percent);
        setMaximumSize(new Dimension(Ui.GRID * 80, getPreferredSize().height));
        setAlignmentX(LEFT_ALIGNMENT);
    }

    private static void fix(JComponent part, int columns, int lines) {
        Dimension size = new Dimension(columns * Ui.GRID, Math.max(lines * Ui.GRID, part.getPreferredSize().height));
        part.setPreferredSize(size);
        part.setMinimumSize(size);
        part.setMaximumSize(size);
    }

    /**
     * Shows what is now.
     *
     * @param level 0.0 to 1.0
     */
    void show(String text, double level, int volume, boolean muted) {
        showing = true;
        words.setText(text);
        words.setToolTipText(text);
        double decibels = level <= 0 ? -RANGE : 20 * Math.log10(level);
        meter.setValue((int) Math.round(FULL * Math.max(0, 1 + decibels / RANGE)));
        boolean own = slider.getValueIsAdjusting() || System.nanoTime() - set < OWN_NANOS;
        if (!own && slider.getValue() != volume) {
            slider.setValue(volume);
        }
        percent.setText(Texts.of("sound.percent", slider.getValue()));
        mute.setSelected(muted);
        mute.setIcon(icons.of(muted ? "muted" : "sound"));
        showing = false;
    }
}
