/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.GradientPaint;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import javax.swing.Icon;

/** A small desktop, painted in a colour of its recipe's own: a wallpaper, a panel, a window. */
record RecipePicture(String recipe, int width, int height) implements Icon {

    @Override
    public int getIconWidth() {
        return width;
    }

    @Override
    public int getIconHeight() {
        return height;
    }

    private float hue() {
        if (recipe.startsWith("debian")) {
            return 0.94f;
        }
        if (recipe.startsWith("ubuntu")) {
            return 0.05f;
        }
        if (recipe.startsWith("fedora") || recipe.startsWith("azure")) {
            return 0.59f;
        }
        return (Math.floorMod(recipe.hashCode(), 360)) / 360f;
    }

    @Override
    public void paintIcon(Component component, Graphics graphics, int x, int y) {
        Graphics2D target = (Graphics2D) graphics;
        double scale = Math.max(1, target.getTransform().getScaleX());
        // Painted apart, so that the round corners are smooth: a clip's are not.
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.scale(scale, scale);
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.fill(new RoundRectangle2D.Float(0, 0, width, height, 12, 12));
        g.setComposite(AlphaComposite.SrcAtop);
        float tint = Math.floorMod(recipe.hashCode(), 5) * 0.03f;
        Color deep = Color.getHSBColor(hue() - tint, 0.52f, 0.40f);
        Color bright = Color.getHSBColor(hue() + 0.07f - tint, 0.45f, 0.80f);
        g.setPaint(new GradientPaint(0, height, deep, width, 0, bright));
        g.fillRect(0, 0, width, height);
        g.setColor(new Color(255, 255, 255, 26));
        g.fill(new Ellipse2D.Float(width * 0.45f, -height * 0.5f, width * 0.9f, width * 0.9f));
        g.fill(new Ellipse2D.Float(-width * 0.2f, height * 0.45f, width * 0.7f, width * 0.7f));
        paintPanel(g);
        paintWindow(g, width * 0.34f, height * 0.27f, width * 0.5f, height * 0.52f);
        g.dispose();
        target.drawImage(image, x, y, width, height, null);
    }

    private void paintPanel(Graphics2D g) {
        float h = Math.max(5, height * 0.1f);
        g.setColor(new Color(20, 22, 28, 190));
        g.fillRect(0, 0, width, Math.round(h));
        g.setColor(new Color(255, 255, 255, 200));
        g.fill(new Ellipse2D.Float(h * 0.5f, h * 0.25f, h * 0.5f, h * 0.5f));
        g.fill(new RoundRectangle2D.Float(h * 1.6f, h * 0.38f, width * 0.16f, h * 0.24f, 2, 2));
        g.fill(new RoundRectangle2D.Float(width - width * 0.14f, h * 0.38f, width * 0.1f, h * 0.24f, 2, 2));
        g.setColor(new Color(255, 255, 255, 110));
        float side = height * 0.11f;
        for (int i = 0; i < 3; i++) {
            g.fill(new RoundRectangle2D.Float(width * 0.07f, h + side * (0.8f + 1.7f * i), side, side, 3, 3));
        }
    }

    private static void paintWindow(Graphics2D g, float x, float y, float w, float h) {
        g.setColor(new Color(0, 0, 0, 45));
        g.fill(new RoundRectangle2D.Float(x - 1, y + 2, w + 2, h + 1, 7, 7));
        g.setColor(new Color(250, 251, 253));
        g.fill(new RoundRectangle2D.Float(x, y, w, h, 6, 6));
        g.setColor(new Color(226, 230, 237));
        Shape old = g.getClip();
        g.clip(new RoundRectangle2D.Float(x, y, w, h, 6, 6));
        g.fillRect(Math.round(x), Math.round(y), Math.round(w), Math.round(h * 0.18f));
        g.setClip(old);
        g.setStroke(new BasicStroke(Math.max(1.2f, h * 0.035f), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.setColor(new Color(176, 184, 197));
        float[] lines = {0.62f, 0.42f, 0.7f};
        for (int i = 0; i < lines.length; i++) {
            float line = y + h * (0.38f + 0.19f * i);
            g.draw(new java.awt.geom.Line2D.Float(x + w * 0.1f, line, x + w * (0.1f + lines[i]), line));
        }
    }
}
