package org.example.meter;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import javax.swing.JComponent;
import javax.swing.UIManager;

/** The last two minutes as a line. Colours come from the theme, so that it fits light and dark. */
final class Graph extends JComponent {

    private static final int SECONDS = 120;

    private final Deque<Double> values = new ArrayDeque<>();

    Graph() {
        setName("org.example.meter.graph");
        setPreferredSize(new Dimension(320, 120));
        getAccessibleContext().setAccessibleName("Processors used by all sessions");
    }

    void add(double value) {
        values.addLast(value);
        if (values.size() > SECONDS) {
            values.removeFirst();
        }
        setToolTipText(String.format(Locale.ROOT, "%.2f processors", value));
        repaint();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        double most = Math.max(1, values.stream().mapToDouble(Double::doubleValue).max().orElse(1));
        Path2D line = new Path2D.Double();
        int i = SECONDS - values.size();
        for (double value : values) {
            double x = getWidth() * (i++ / (SECONDS - 1.0));
            double y = getHeight() - 1 - value / most * (getHeight() - 2);
            if (line.getCurrentPoint() == null) {
                line.moveTo(x, y);
            } else {
                line.lineTo(x, y);
            }
        }
        g.setColor(UIManager.getColor("Component.accentColor"));
        g.draw(line);
        g.dispose();
    }
}
