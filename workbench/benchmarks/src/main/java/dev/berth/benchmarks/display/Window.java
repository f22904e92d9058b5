/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.display;

import dev.berth.canvas.DesktopCanvas;
import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.lang.reflect.InvocationTargetException;
import javax.swing.JFrame;
import javax.swing.WindowConstants;

/** A window without a frame that shows nothing but the canvas. */
final class Window {

    private Window() {}

    static DesktopCanvas open(String title, int width, int height)
            throws InterruptedException, InvocationTargetException {
        DesktopCanvas[] canvas = new DesktopCanvas[1];
        EventQueue.invokeAndWait(() -> {
            JFrame frame = new JFrame(title);
            frame.setUndecorated(true);
            frame.setDefaultCloseOperation(WindowConstants.EXIT_ON_CLOSE);
            canvas[0] = new DesktopCanvas();
            frame.add(canvas[0], BorderLayout.CENTER);
            frame.setBounds(0, 0, width, height);
            frame.setVisible(true);
            canvas[0].requestFocusInWindow();
        });
        return canvas[0];
    }

    /** The value that this share of all is not above. */
    static double percentile(double[] sorted, double share) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }
}
