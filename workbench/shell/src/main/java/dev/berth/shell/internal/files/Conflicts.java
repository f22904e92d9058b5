/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.Component;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.swing.JButton;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JOptionPane;

/** What becomes of files whose names are taken where they are copied to. */
final class Conflicts {

    private static final int SHOWN = 5;

    private Conflicts() {}

    /** What the person wants. */
    enum Answer {
        /** Files take the others' place, folders are merged. */
        REPLACE,
        /** The new ones get other names. */
        KEEP_BOTH,
        /** They are not copied. */
        SKIP
    }

    static List<String> among(Set<String> there, Iterable<String> wanted) {
        List<String> taken = new ArrayList<>();
        wanted.forEach(name -> {
            if (there.contains(name)) {
                taken.add(name);
            }
        });
        return taken;
    }

    /** What is copied, and as what. */
    static Map<String, String> plan(Set<String> there, Iterable<String> wanted, Answer answer) {
        Set<String> taken = new HashSet<>(there);
        wanted.forEach(taken::add);
        Map<String, String> plan = new LinkedHashMap<>();
        for (String name : wanted) {
            if (!there.contains(name) || answer == Answer.REPLACE) {
                plan.put(name, name);
            } else if (answer == Answer.KEEP_BOTH) {
                String other = free(taken, name);
                taken.add(other);
                plan.put(name, other);
            }
        }
        return plan;
    }

    /** "notes (2).txt" for "notes.txt". */
    private static String free(Set<String> taken, String name) {
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        for (int i = 2; ; i++) {
            String other = stem + " (" + i + ")" + ending;
            if (!taken.contains(other)) {
                return other;
            }
        }
    }

    /** Asks; empty when nothing is to be copied at all. */
    @OnEdt
    static Optional<Answer> ask(Component parent, List<String> names) {
        StringBuilder list = new StringBuilder(String.join("\n", names.subList(0, Math.min(SHOWN, names.size()))));
        if (names.size() > SHOWN) {
            list.append('\n').append(Texts.of("files.andMore", names.size() - SHOWN));
        }
        JButton replace = button("files.replace");
        JButton both = button("files.keepBoth");
        JButton skip = button("files.skip");
        JButton cancel = new JButton(Texts.of("button.cancel"));
        JOptionPane pane = new JOptionPane(
                new Object[] {
                    new JLabel(Texts.of(names.size() == 1 ? "files.existsOne" : "files.existMany", names.size())),
                    words(list.toString()),
                    new JLabel(Texts.of("files.replaceText"))
                },
                JOptionPane.QUESTION_MESSAGE,
                JOptionPane.DEFAULT_OPTION,
                null,
                new Object[] {replace, both, skip, cancel},
                both);
        for (JButton button : List.of(replace, both, skip, cancel)) {
            button.addActionListener(event -> pane.setValue(button));
        }
        JDialog dialog = pane.createDialog(parent, Texts.of("files.conflict"));
        dialog.setName("files.conflict");
        dialog.setVisible(true);
        dialog.dispose();
        Object value = pane.getValue();
        return value == replace
                ? Optional.of(Answer.REPLACE)
                : value == both
                        ? Optional.of(Answer.KEEP_BOTH)
                        : value == skip ? Optional.of(Answer.SKIP) : Optional.empty();
    }

    private static Component words(String names) {
        return Ui.muted(Ui.paragraph("files.conflicts", names));
    }

    private static JButton button(String key) {
        JButton button = new JButton(Texts.of(key));
        button.setName(key);
        return button;
    }
}
