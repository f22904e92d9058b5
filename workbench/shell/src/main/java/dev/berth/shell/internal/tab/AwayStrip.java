/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.util.function.Consumer;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.Timer;
import javax.swing.UIManager;

/** Says above a desktop that its connection broke and is tried again. A short break goes by unseen. */
@OnEdt
final class AwayStrip extends JPanel {

    private static final int UNSEEN_MILLIS = 400;

    private final JLabel text;
    private final Timer delay;
    private transient Consumer<Boolean> shown = now -> {};

    /**
     * Is hidden at first.
     *
     * @param reconnect tries again at once
     */
    AwayStrip(Icons icons, Runnable reconnect) {
        super(new BorderLayout());
        setName("away");
        setVisible(false);
        setBorder(Ui.padding(0.5, 1, 0.5, 1));
        setBackground(UIManager.getColor("Berth.card.background"));
        text = Ui.label("away.text", "", "medium");
        text.setIcon(icons.of("plug"));
        add(text, BorderLayout.CENTER);
        add(Ui.button("away.reconnect", Texts.of("away.reconnect"), reconnect), BorderLayout.LINE_END);
        delay = new Timer(UNSEEN_MILLIS, event -> reveal(true));
        delay.setRepeats(false);
    }

    /** Hears when the strip comes and goes. */
    void onShown(Consumer<Boolean> listener) {
        shown = listener;
    }

    /** The connection broke. */
    void away(String why) {
        String words = Texts.of("away.text", why);
        text.setText(words);
        text.setToolTipText(words);
        getAccessibleContext().setAccessibleName(words);
        delay.restart();
    }

    /** It is there again. */
    void back() {
        delay.stop();
        reveal(false);
    }

    @Override
    public void removeNotify() {
        delay.stop();
        super.removeNotify();
    }

    private void reveal(boolean now) {
        setVisible(now);
        shown.accept(now);
    }

    @Override
    public void updateUI() {
        super.updateUI();
        setBackground(UIManager.getColor("Berth.card.background"));
    }
}
