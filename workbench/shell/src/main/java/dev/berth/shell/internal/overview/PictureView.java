/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.overview;

import com.formdev.flatlaf.util.UIScale;
import dev.berth.api.task.OnEdt;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;

/** A small desktop with round corners: its picture, or what stands for it while it does not run. */
@OnEdt
final class PictureView extends JComponent {

    private static final float ASLEEP = 0.35f;
    private static final int ARC = 10;

    private transient @Nullable BufferedImage image;
    private transient @Nullable Icon placeholder;

    PictureView(int width, int height) {
        Dimension size = new Dimension(width, height);
        setPreferredSize(size);
        setMinimumSize(size);
        setMaximumSize(size);
        setAlignmentX(LEFT_ALIGNMENT);
    }

    void image(@Nullable BufferedImage shown) {
        image = shown;
        setName(shown == null ? "tile.asleep" : "tile.live");
        repaint();
    }

    void placeholder(Icon shown) {
        placeholder = shown;
        repaint();
    }

    /** The size in device pixels. */
    Dimension deviceSize() {
        AffineTransform scale = getGraphicsConfiguration() == null
                ? new AffineTransform()
                : getGraphicsConfiguration().getDefaultTransform();
        return new Dimension((int) Math.round(getPreferredSize().width * scale.getScaleX()), (int)
                Math.round(getPreferredSize().height * scale.getScaleY()));
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        int arc = UIScale.scale(ARC);
        Color back = UIManager.getColor("Berth.canvas.background");
        g.setColor(back == null ? Color.DARK_GRAY : back);
        BufferedImage shown = image;
        Icon rest = placeholder;
        if (shown != null) {
            g.fill(new RoundRectangle2D.Float(0, 0, getWidth(), getHeight(), arc, arc));
            double scale = Math.min((double) getWidth() / shown.getWidth(), (double) getHeight() / shown.getHeight());
            int width = (int) Math.round(shown.getWidth() * scale);
            int height = (int) Math.round(shown.getHeight() * scale);
            Rectangle at = new Rectangle((getWidth() - width) / 2, (getHeight() - height) / 2, width, height);
            // A paint, not a clip: clips have no smooth edges.
            g.setPaint(new TexturePaint(shown, at));
            boolean full = width >= getWidth() - 1 && height >= getHeight() - 1;
            g.fill(new RoundRectangle2D.Float(at.x, at.y, at.width, at.height, full ? arc : 0, full ? arc : 0));
        } else if (rest != null) {
            g.setComposite(AlphaComposite.SrcOver.derive(ASLEEP));
            rest.paintIcon(this, g, 0, 0);
        }
        g.dispose();
    }
}
