/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Ui;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.swing.JComponent;
import javax.swing.UIManager;

/** The last two minutes of one number, as a filled line, with what it is now. */
@OnEdt
final class Plot extends JComponent {

    static final int POINTS = 120;

    private final String title;
    private final transient DoubleFunction<String> words;
    private final String colour;
    private final double least;
    private final double[] values = new double[POINTS];
    private int count;

    /**
     * A plot.
     *
     * @param least the top of the scale is never below this
     * @param colour the key of its colour in the theme
     */
    Plot(String name, String title, double least, String colour, DoubleFunction<String> words) {
        this.title = title;
        this.words = words;
        this.colour = colour;
        this.least = least;
        setName("plot." + name);
        setPreferredSize(new Dimension(220, 96));
        setMinimumSize(new Dimension(140, 72));
        setFont(UIManager.getFont("Label.font"));
        getAccessibleContext().setAccessibleName(title);
    }

    /** The next value; not a number when it is not known. */
    void add(double value) {
        System.arraycopy(values, 1, values, 0, POINTS - 1);
        values[POINTS - 1] = value;
        count = Math.min(POINTS, count + 1);
        getAccessibleContext().setAccessibleDescription(now());
        repaint();
    }

    void clear() {
        Arrays.fill(values, 0);
        count = 0;
        repaint();
    }

    private String now() {
        return count == 0 || Double.isNaN(values[POINTS - 1]) ? "–" : words.apply(values[POINTS - 1]);
    }

    @Override
    public AccessibleContext getAccessibleContext() {
        if (accessibleContext == null) {
            accessibleContext = new AccessibleJComponent() {
                @Override
                public AccessibleRole getAccessibleRole() {
                    return AccessibleRole.CANVAS;
                }
            };
        }
        return accessibleContext;
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        int width = getWidth();
        int height = getHeight();
        g.setColor(UIManager.getColor("Berth.card.background"));
        g.fillRoundRect(0, 0, width - 1, height - 1, 10, 10);
        Font font = getFont();
        FontMetrics metrics = g.getFontMetrics(font);
        int text = metrics.getHeight() + 12;
        curve(g, width, height, text);
        g.setColor(UIManager.getColor("Berth.card.border"));
        g.setStroke(new BasicStroke(1));
        g.drawRoundRect(0, 0, width - 1, height - 1, 10, 10);
        g.setFont(font);
        g.setColor(UIManager.getColor("Berth.muted.foreground"));
        g.drawString(title, Ui.GRID + 2, 6 + metrics.getAscent());
        String value = now();
        g.setFont(font.deriveFont(Font.BOLD));
        g.setColor(UIManager.getColor("Label.foreground"));
        int wide = g.getFontMetrics().stringWidth(value);
        g.drawString(value, width - wide - Ui.GRID - 2, 6 + metrics.getAscent());
        g.dispose();
    }

    private void curve(Graphics2D g, int width, int height, int top) {
        double most = least;
        for (int i = POINTS - count; i < POINTS; i++) {
            most = Double.isNaN(values[i]) ? most : Math.max(most, values[i] * 1.1);
        }
        Path2D line = new Path2D.Double();
        double first = -1;
        double last = 0;
        for (int i = POINTS - count; i < POINTS; i++) {
            if (Double.isNaN(values[i])) {
                continue;
            }
            double x = 1 + (width - 3.0) * i / (POINTS - 1);
            double y = height - 3 - (height - 4.0 - top) * values[i] / most;
            if (first < 0) {
                first = x;
                line.moveTo(x, y);
            } else {
                line.lineTo(x, y);
            }
            last = x;
        }
        if (first < 0) {
            return;
        }
        Color ink = UIManager.getColor(colour);
        Color shown = ink == null ? Color.GRAY : ink;
        Path2D area = new Path2D.Double(line);
        area.lineTo(last, height - 2.0);
        area.lineTo(first, height - 2.0);
        area.closePath();
        g.setColor(new Color(shown.getRed(), shown.getGreen(), shown.getBlue(), 40));
        g.fill(area);
        g.setColor(shown);
        g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(line);
    }
}
