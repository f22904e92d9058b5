/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.dock;

import dev.berth.shell.internal.kit.Texts;
import java.awt.BorderLayout;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.function.Consumer;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;

/** A window with tabs that were torn off; closing it brings them back. */
final class DockWindow extends JFrame {

    final JPanel root = new JPanel(new BorderLayout());

    DockWindow(JPanel main, Rectangle bounds, Consumer<DockWindow> onClose) {
        super(Texts.of("window.title"));
        setName("torn");
        root.setName("dock.torn");
        setContentPane(root);
        setBounds(bounds);
        Window over = SwingUtilities.getWindowAncestor(main);
        if (over != null) {
            setIconImages(over.getIconImages());
        }
        setDefaultCloseOperation(DO_NOTHING_ON_CLOSE);
        addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                onClose.accept(DockWindow.this);
            }
        });
    }
}
