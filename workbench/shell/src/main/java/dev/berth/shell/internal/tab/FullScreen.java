/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tab;

import dev.berth.api.task.OnEdt;
import java.awt.BorderLayout;
import java.awt.GraphicsDevice;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;

/** Lends a desktop to a window that fills the monitor on which it is. */
@OnEdt
final class FullScreen {

    private final JPanel home;
    private final JComponent content;
    private final String title;
    private @Nullable JFrame frame;

    FullScreen(JPanel home, JComponent content, String title) {
        this.home = home;
        this.content = content;
        this.title = title;
    }

    void toggle() {
        if (frame == null) {
            enter();
        } else {
            leave();
        }
    }

    private void enter() {
        GraphicsDevice device = home.getGraphicsConfiguration().getDevice();
        JFrame full = new JFrame(title, home.getGraphicsConfiguration());
        full.setName("fullScreen");
        full.setUndecorated(true);
        full.setDefaultCloseOperation(JFrame.DO_NOTHING_ON_CLOSE);
        full.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                leave();
            }
        });
        home.remove(content);
        full.add(content, BorderLayout.CENTER);
        full.setBounds(home.getGraphicsConfiguration().getBounds());
        frame = full;
        device.setFullScreenWindow(full);
        content.requestFocusInWindow();
    }

    /** Goes back to the tab; does nothing there. */
    void leave() {
        JFrame full = frame;
        if (full == null) {
            return;
        }
        frame = null;
        GraphicsDevice device = full.getGraphicsConfiguration().getDevice();
        if (full.equals(device.getFullScreenWindow())) {
            device.setFullScreenWindow(null);
        }
        home.add(content, BorderLayout.CENTER);
        home.revalidate();
        full.dispose();
        home.repaint();
    }
}
