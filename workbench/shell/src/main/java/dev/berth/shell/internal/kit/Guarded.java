/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.edt.Edt;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Graphics;
import java.util.function.Function;
import javax.swing.JComponent;
import javax.swing.JPanel;

/**
 * Holds what a plugin contributed. When that fails as it is measured, laid out or painted, something else takes its place: else the exception
 * would end the painting of the whole window, sixty times a second.
 */
@OnEdt
public final class Guarded extends JPanel {

    private final transient Function<Throwable, JComponent> instead;
    private boolean failed;

    /**
     * Around {@code content}.
     *
     * @param instead takes note of the failure and makes what is shown from then on
     */
    public Guarded(JComponent content, Function<Throwable, JComponent> instead) {
        super(new BorderLayout());
        this.instead = instead;
        add(content, BorderLayout.CENTER);
    }

    /** Painting of anything inside comes through here. */
    @Override
    protected boolean isPaintingOrigin() {
        return true;
    }

    @Override
    protected void paintChildren(Graphics g) {
        guard(() -> super.paintChildren(g));
    }

    @Override
    protected void validateTree() {
        guard(super::validateTree);
    }

    @Override
    public Dimension getPreferredSize() {
        Dimension[] size = {new Dimension()};
        guard(() -> size[0] = super.getPreferredSize());
        return size[0];
    }

    @Override
    public Dimension getMinimumSize() {
        return new Dimension();
    }

    private void guard(Runnable work) {
        if (failed) {
            return;
        }
        try {
            work.run();
        } catch (RuntimeException | Error broken) {
            failed = true;
            // Not now: this is in the middle of a tour of the components.
            Edt.runLater(() -> replace(broken));
        }
    }

    private void replace(Throwable broken) {
        removeAll();
        add(instead.apply(broken), BorderLayout.CENTER);
        failed = false;
        revalidate();
        repaint();
    }
}
