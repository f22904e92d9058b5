/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import dev.berth.shell.internal.kit.Ui;
import java.awt.BorderLayout;
import java.awt.Dimension;
import javax.swing.Icon;
import javax.swing.JLabel;
import javax.swing.JToolTip;
import org.jspecify.annotations.Nullable;

/** A tool tip with a picture above its words. */
final class PictureTip extends JToolTip {

    private final JLabel words = new JLabel();

    PictureTip(Icon picture) {
        setName("tab.picture");
        setLayout(new BorderLayout());
        setBorder(javax.swing.BorderFactory.createCompoundBorder(getBorder(), Ui.padding(0.5, 0.5, 0.5, 0.5)));
        add(new JLabel(picture), BorderLayout.CENTER);
        words.setBorder(Ui.padding(0.75, 0.5, 0, 0.5));
        add(words, BorderLayout.SOUTH);
    }

    @Override
    public void setTipText(@Nullable String text) {
        super.setTipText(text);
        words.setText(text);
        words.setForeground(getForeground());
    }

    /** The label says it; the look and feel is to paint nothing. */
    @Override
    public @Nullable String getTipText() {
        return null;
    }

    @Override
    public Dimension getPreferredSize() {
        return getLayout() == null ? super.getPreferredSize() : getLayout().preferredLayoutSize(this);
    }
}
