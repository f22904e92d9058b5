/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.command.CommandContext;
import dev.berth.canvas.DesktopCanvas;
import dev.berth.shell.internal.kit.KeyStrokes;
import dev.berth.shell.internal.model.CommandRegistry;
import java.awt.KeyEventDispatcher;
import java.awt.KeyEventPostProcessor;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.JFrame;
import javax.swing.KeyStroke;

/** Shortcuts in all windows of the workbench, and Shift pressed twice. A desktop that has the keyboard keeps its keys. */
@OnEdt
final class Keyboard implements KeyEventDispatcher, KeyEventPostProcessor, AutoCloseable {

    private static final long DOUBLE_MILLIS = 350;

    private final JFrame frame;
    private final CommandRegistry registry;
    private final CommandContext context;
    private final Predicate<Window> others;
    private final Consumer<Throwable> failed;
    private final BooleanSupplier doubleShift;
    private boolean shiftAlone;
    private long lastShift;

    Keyboard(
            JFrame frame,
            CommandRegistry registry,
            CommandContext context,
            Predicate<Window> others,
            BooleanSupplier doubleShift,
            Consumer<Throwable> failed) {
        this.frame = frame;
        this.registry = registry;
        this.context = context;
        this.others = others;
        this.doubleShift = doubleShift;
        this.failed = failed;
        KeyboardFocusManager manager = KeyboardFocusManager.getCurrentKeyboardFocusManager();
        manager.addKeyEventDispatcher(this);
        manager.addKeyEventPostProcessor(this);
    }

    private boolean ours() {
        Window window = KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusedWindow();
        return window != null && (window.equals(frame) || frame.equals(window.getOwner()) || others.test(window));
    }

    @Override
    public boolean dispatchKeyEvent(KeyEvent event) {
        boolean shift = event.getKeyCode() == KeyEvent.VK_SHIFT;
        if (event.getID() == KeyEvent.KEY_PRESSED) {
            shiftAlone = shift;
            if (!shift) {
                lastShift = 0;
            }
        } else if (event.getID() == KeyEvent.KEY_RELEASED
                && shift
                && shiftAlone
                && ours()
                && !(event.getComponent() instanceof DesktopCanvas)) {
            long now = event.getWhen();
            if (now - lastShift < DOUBLE_MILLIS && doubleShift.getAsBoolean()) {
                lastShift = 0;
                registry.run(ShellCommands.PALETTE, context, failed);
            } else {
                lastShift = now;
            }
        }
        return false;
    }

    /** What no menu and no field has taken: commands without a menu, and windows without a menu bar. */
    @Override
    public boolean postProcessKeyEvent(KeyEvent event) {
        if (event.getID() == KeyEvent.KEY_PRESSED && !event.isConsumed() && ours()) {
            KeyStroke stroke = KeyStrokes.of(event);
            if (stroke != null) {
                registry.of(stroke).stream().findFirst().ifPresent(entry -> {
                    event.consume();
                    registry.run(entry.id(), context, failed);
                });
            }
        }
        return false;
    }

    @Override
    public void close() {
        KeyboardFocusManager manager = KeyboardFocusManager.getCurrentKeyboardFocusManager();
        manager.removeKeyEventDispatcher(this);
        manager.removeKeyEventPostProcessor(this);
    }
}
