/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.task.OnEdt;
import java.awt.Component;
import javax.swing.JLabel;

/** The line below a field that says what is wrong with it; its room is kept while nothing is. */
@OnEdt
public final class FieldError extends JLabel {

    /** Nothing is wrong yet. */
    public FieldError(String name) {
        super(" ");
        setName(name);
        setAlignmentX(Component.LEFT_ALIGNMENT);
        putClientProperty(FlatClientProperties.STYLE, "foreground:$Actions.Red");
        putClientProperty(FlatClientProperties.STYLE_CLASS, "small");
    }

    /** Says what is wrong; empty when nothing is. */
    public void say(String what) {
        setText(what.isEmpty() ? " " : what);
        setToolTipText(what.isEmpty() ? null : what);
    }
}
