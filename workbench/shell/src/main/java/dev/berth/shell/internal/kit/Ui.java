/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import java.awt.Component;
import java.awt.Dimension;
import javax.swing.AbstractButton;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JTextArea;
import javax.swing.JToggleButton;
import javax.swing.border.Border;
import javax.swing.text.DefaultCaret;
import org.jspecify.annotations.Nullable;

/** Pieces that views are made of, on a grid of 8 pixels. */
public final class Ui {

    /** The step of the grid in logical pixels. */
    public static final int GRID = 8;

    private Ui() {}

    private static int grid(double steps) {
        return UIScale.scale((int) (steps * GRID));
    }

    /** An empty border of so many steps of the grid. */
    public static Border padding(double top, double left, double bottom, double right) {
        return BorderFactory.createEmptyBorder(grid(top), grid(left), grid(bottom), grid(right));
    }

    /** A gap between things above each other. */
    public static Component gapDown(double steps) {
        return Box.createRigidArea(new Dimension(0, grid(steps)));
    }

    /** A gap between things beside each other. */
    public static Component gapAcross(double steps) {
        return Box.createRigidArea(new Dimension(grid(steps), 0));
    }

    /** A label in one of FlatLaf's type styles: h1, h2, h3, large, medium, small. */
    public static JLabel label(String name, String text, String styleClass) {
        JLabel label = new JLabel(text);
        label.setName(name);
        label.setAlignmentX(Component.LEFT_ALIGNMENT);
        label.putClientProperty(FlatClientProperties.STYLE_CLASS, styleClass);
        return label;
    }

    /** Makes a component's text quiet. */
    public static <T extends JComponent> T muted(T component) {
        component.putClientProperty(FlatClientProperties.STYLE, "foreground:$Berth.muted.foreground");
        return component;
    }

    /** Text that wraps, cannot be edited, and can be read by a screen reader. */
    public static JTextArea paragraph(String name, String text) {
        JTextArea area = new JTextArea(text);
        area.setName(name);
        area.setLineWrap(true);
        area.setWrapStyleWord(true);
        area.setEditable(false);
        area.setFocusable(false);
        area.setOpaque(false);
        // A caret that moves scrolls its text into view; nobody asked for that.
        DefaultCaret still = new DefaultCaret();
        still.setUpdatePolicy(DefaultCaret.NEVER_UPDATE);
        area.setCaret(still);
        area.setBorder(BorderFactory.createEmptyBorder());
        area.setAlignmentX(Component.LEFT_ALIGNMENT);
        return area;
    }

    /** A button with words. */
    public static JButton button(String name, String text, Runnable action) {
        JButton button = new JButton(text);
        button.setName(name);
        button.addActionListener(event -> action.run());
        return button;
    }

    /** Makes a button the one that most people want. */
    public static <T extends AbstractButton> T primary(T button) {
        button.putClientProperty(
                FlatClientProperties.STYLE,
                "background:$Button.default.background;foreground:$Button.default.foreground;"
                        + "borderColor:$Button.default.borderColor;hoverBackground:$Button.default.hoverBackground;"
                        + "hoverBorderColor:$Button.default.hoverBorderColor;"
                        + "pressedBackground:$Button.default.pressedBackground");
        return button;
    }

    /** A button with an icon alone; its words show as a tool tip and are what a screen reader says. */
    public static JButton iconButton(String name, String words, Icon icon, Runnable action) {
        return dress(new JButton(icon), name, words, action);
    }

    /** As {@link #iconButton}, for one that stays down. */
    public static JToggleButton iconToggle(String name, String words, @Nullable Icon icon, Runnable action) {
        return dress(new JToggleButton(icon), name, words, action);
    }

    private static <T extends AbstractButton> T dress(T button, String name, String words, Runnable action) {
        button.setName(name);
        button.setToolTipText(words);
        button.getAccessibleContext().setAccessibleName(words);
        button.setFocusable(true);
        button.putClientProperty(FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_TOOLBAR_BUTTON);
        button.addActionListener(event -> action.run());
        return button;
    }
}
