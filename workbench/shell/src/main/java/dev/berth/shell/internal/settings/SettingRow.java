/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.settings;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.settings.Setting;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.Component;
import java.awt.Dimension;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BoxLayout;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.UIManager;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import org.jspecify.annotations.Nullable;

/** One setting: its title, a control, help, and what is wrong with what was typed. */
@OnEdt
final class SettingRow extends JPanel {

    private static final int FIELD_WIDTH = 300;
    private static final int HELP_WIDTH = 460;

    private final transient Setting setting;
    private final transient Consumer<@Nullable Object> onValue;
    private final JLabel problem = new JLabel(" ");
    private final transient Consumer<@Nullable Object> show;
    private boolean showing;

    /**
     * A row.
     *
     * @param onValue hears of each valid value; of null for the default
     */
    SettingRow(Setting setting, Consumer<@Nullable Object> onValue) {
        this.setting = setting;
        this.onValue = onValue;
        setOpaque(false);
        setLayout(new BoxLayout(this, BoxLayout.Y_AXIS));
        setName("setting." + setting.key());
        setBorder(Ui.padding(1, 0, 1.5, 0));
        setAlignmentX(Component.LEFT_ALIGNMENT);
        if (setting instanceof Setting.Flag flag) {
            show = flag(flag);
        } else if (setting instanceof Setting.Choice choice) {
            show = choice(choice);
        } else {
            show = field();
        }
    }

    /** Shows the value of a page. */
    void load(Map<String, Object> values) {
        showing = true;
        try {
            show.accept(values.get(setting.key()));
        } finally {
            showing = false;
        }
    }

    private void tell(@Nullable Object value) {
        if (!showing) {
            onValue.accept(value);
        }
    }

    private Consumer<@Nullable Object> flag(Setting.Flag flag) {
        JCheckBox box = new JCheckBox(flag.title());
        box.setName("control." + flag.key());
        box.setOpaque(false);
        box.setAlignmentX(Component.LEFT_ALIGNMENT);
        box.addActionListener(event -> tell(box.isSelected()));
        add(box);
        addHelp(24);
        return value -> box.setSelected(value instanceof Boolean on ? on : flag.fallback());
    }

    private Consumer<@Nullable Object> choice(Setting.Choice choice) {
        addTitle();
        JComboBox<Object> combo = new JComboBox<>();
        combo.setName("control." + choice.key());
        choice.options().forEach(option -> combo.addItem(new Shown(option)));
        combo.addActionListener(event -> {
            if (combo.getSelectedItem() instanceof Shown shown) {
                tell(shown.option().value());
            }
        });
        addControl(combo);
        addHelp(0);
        return value -> {
            Object wanted = value == null ? choice.fallback() : value;
            for (int i = 0; i < combo.getItemCount(); i++) {
                if (combo.getItemAt(i) instanceof Shown shown
                        && shown.option().value().equals(wanted)) {
                    combo.setSelectedIndex(i);
                }
            }
        };
    }

    /** An option as a list shows it. */
    private record Shown(Setting.Option option) {
        @Override
        public String toString() {
            return option.title();
        }
    }

    private Consumer<@Nullable Object> field() {
        addTitle();
        JTextField field = new JTextField();
        field.setName("control." + setting.key());
        if (setting instanceof Setting.Number number) {
            field.putClientProperty(
                    FlatClientProperties.TEXT_FIELD_TRAILING_COMPONENT, Ui.muted(new JLabel(number.unit() + "  ")));
        }
        field.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent event) {
                typed(field);
            }

            @Override
            public void removeUpdate(DocumentEvent event) {
                typed(field);
            }

            @Override
            public void changedUpdate(DocumentEvent event) {
                typed(field);
            }
        });
        addControl(field);
        problem.setName("problem." + setting.key());
        problem.setForeground(UIManager.getColor("Berth.state.failed"));
        problem.setAlignmentX(Component.LEFT_ALIGNMENT);
        problem.setVisible(false);
        add(problem);
        addHelp(0);
        return value -> {
            String text = value == null ? fallback() : String.valueOf(value);
            if (!text.equals(field.getText()) && !field.isFocusOwner()) {
                field.setText(text);
            }
        };
    }

    private String fallback() {
        return setting instanceof Setting.Number number
                ? String.valueOf(number.fallback())
                : setting instanceof Setting.Text text ? text.fallback() : "";
    }

    private void typed(JTextField field) {
        String text = field.getText().strip();
        Optional<String> wrong = wrong(text);
        field.putClientProperty(
                FlatClientProperties.OUTLINE, wrong.isPresent() ? FlatClientProperties.OUTLINE_ERROR : null);
        problem.setText(wrong.orElse(" "));
        problem.setVisible(wrong.isPresent());
        field.getAccessibleContext().setAccessibleDescription(wrong.orElse(setting.help()));
        revalidate();
        if (wrong.isEmpty()) {
            tell(setting instanceof Setting.Number ? (Object) Long.valueOf(text) : text);
        }
    }

    private Optional<String> wrong(String text) {
        if (setting instanceof Setting.Number number) {
            try {
                long value = Long.parseLong(text);
                return value >= number.minimum() && value <= number.maximum()
                        ? Optional.empty()
                        : Optional.of(Texts.of(
                                "settings.range", String.valueOf(number.minimum()), String.valueOf(number.maximum())));
            } catch (NumberFormatException e) {
                return Optional.of(Texts.of("settings.number"));
            }
        }
        boolean free =
                !(setting instanceof Setting.Text line) || line.pattern().isEmpty() || text.matches(line.pattern());
        return free ? Optional.empty() : Optional.of(Texts.of("settings.pattern"));
    }

    private void addTitle() {
        JLabel title = Ui.label("title." + setting.key(), setting.title(), "medium");
        title.putClientProperty(FlatClientProperties.STYLE, "font:$semibold.font");
        add(title);
        add(Ui.gapDown(0.75));
    }

    private void addControl(JComponent control) {
        control.setAlignmentX(Component.LEFT_ALIGNMENT);
        control.setPreferredSize(new Dimension(FIELD_WIDTH, control.getPreferredSize().height));
        control.setMaximumSize(new Dimension(FIELD_WIDTH, control.getPreferredSize().height));
        control.getAccessibleContext().setAccessibleName(setting.title());
        control.getAccessibleContext().setAccessibleDescription(setting.help());
        add(control);
    }

    private void addHelp(int indent) {
        if (setting.help().isEmpty()) {
            return;
        }
        add(Ui.gapDown(0.5));
        JTextArea help = Ui.muted(Ui.paragraph("help." + setting.key(), setting.help()));
        help.setBorder(javax.swing.BorderFactory.createEmptyBorder(0, indent, 0, 0));
        int width = UIScale.scale(HELP_WIDTH);
        help.setSize(width, Short.MAX_VALUE);
        Dimension size = new Dimension(width, help.getPreferredSize().height);
        help.setPreferredSize(size);
        help.setMaximumSize(size);
        add(help);
    }

    @Override
    public Dimension getMaximumSize() {
        return new Dimension(Integer.MAX_VALUE, getPreferredSize().height);
    }
}
