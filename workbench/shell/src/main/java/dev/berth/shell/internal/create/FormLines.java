/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.create;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.FieldError;
import dev.berth.shell.internal.kit.Ui;
import java.awt.Component;
import java.util.HashMap;
import java.util.Map;
import javax.swing.BoxLayout;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.text.JTextComponent;
import org.jspecify.annotations.Nullable;

/** Fields with their titles above and what is wrong with them below. */
@OnEdt
final class FormLines {

    private final Map<String, JComponent> fields = new HashMap<>();
    private final Map<String, FieldError> errors = new HashMap<>();

    /** A field with its title and room for a problem. */
    JPanel line(String name, String title, JComponent field) {
        JPanel line = new JPanel();
        line.setOpaque(false);
        line.setLayout(new BoxLayout(line, BoxLayout.Y_AXIS));
        line.setAlignmentX(Component.LEFT_ALIGNMENT);
        JLabel label = new JLabel(title);
        label.setName("new." + name + ".title");
        label.setLabelFor(field);
        label.setAlignmentX(Component.LEFT_ALIGNMENT);
        field.setName("new." + name);
        field.getAccessibleContext().setAccessibleName(title);
        field.setAlignmentX(Component.LEFT_ALIGNMENT);
        FieldError error = new FieldError("new." + name + ".error");
        line.add(label);
        line.add(Ui.gapDown(0.5));
        line.add(field);
        line.add(error);
        line.add(Ui.gapDown(0.5));
        fields.put(name, field);
        errors.put(name, error);
        return line;
    }

    /** Marks the fields that have problems, and no others. */
    void mark(Map<String, String> problems) {
        fields.forEach((name, field) -> {
            String problem = problems.getOrDefault(name, "");
            outline(field, !problem.isEmpty());
            FieldError error = errors.get(name);
            if (error != null) {
                error.say(problem);
            }
            field.getAccessibleContext().setAccessibleDescription(problem.isEmpty() ? null : problem);
        });
    }

    static void outline(JComponent field, boolean wrong) {
        @Nullable Object outline = wrong ? FlatClientProperties.OUTLINE_ERROR : null;
        field.putClientProperty(FlatClientProperties.OUTLINE, outline);
    }

    /** Runs something after each change of a text. */
    static void onType(JTextComponent field, Runnable action) {
        field.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent event) {
                action.run();
            }

            @Override
            public void removeUpdate(DocumentEvent event) {
                action.run();
            }

            @Override
            public void changedUpdate(DocumentEvent event) {
                action.run();
            }
        });
    }
}
