/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.create;

import com.formdev.flatlaf.FlatClientProperties;
import dev.berth.api.task.OnEdt;
import dev.berth.shell.internal.kit.FieldError;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import java.awt.Component;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.io.File;
import java.util.Map;
import java.util.function.Consumer;
import javax.swing.JCheckBox;
import javax.swing.JFileChooser;
import javax.swing.JPanel;
import javax.swing.JTextField;

/** A folder of this host that is to appear in the session: where from, where to, and whether it can be written to. */
@OnEdt
final class FolderRow extends JPanel {

    private static final int COLUMNS = 14;

    private final JTextField host = new JTextField(COLUMNS);
    private final JTextField guest = new JTextField(COLUMNS);
    private final JCheckBox readOnly = new JCheckBox(Texts.of("new.readOnly"));
    private final FieldError problem = new FieldError("folder.error");

    FolderRow(Icons icons, Runnable onChange, Consumer<FolderRow> onRemove) {
        super(new GridBagLayout());
        setOpaque(false);
        setName("folder");
        setAlignmentX(Component.LEFT_ALIGNMENT);
        name(host, "folder.host", Texts.of("new.host"));
        name(guest, "folder.guest", Texts.of("new.guest"));
        host.putClientProperty(
                FlatClientProperties.TEXT_FIELD_TRAILING_COMPONENT,
                Ui.iconButton("folder.browse", Texts.of("new.browse"), icons.of("open"), this::browse));
        readOnly.setName("folder.readOnly");
        readOnly.setOpaque(false);
        FormLines.onType(host, onChange);
        FormLines.onType(guest, onChange);
        GridBagConstraints at = new GridBagConstraints();
        at.fill = GridBagConstraints.HORIZONTAL;
        at.weightx = 1;
        at.insets = new Insets(0, 0, 0, Ui.GRID);
        add(host, at);
        add(guest, at);
        at.weightx = 0;
        add(readOnly, at);
        at.insets = new Insets(0, 0, 0, 0);
        at.gridwidth = GridBagConstraints.REMAINDER;
        add(
                Ui.iconButton(
                        "folder.remove", Texts.of("new.folderRemove"), icons.of("close"), () -> onRemove.accept(this)),
                at);
        at.gridx = 0;
        add(problem, at);
    }

    private static void name(JTextField field, String name, String words) {
        field.setName(name);
        field.putClientProperty(FlatClientProperties.PLACEHOLDER_TEXT, words);
        field.getAccessibleContext().setAccessibleName(words);
    }

    private void browse() {
        JFileChooser chooser = new JFileChooser(host.getText().isBlank() ? null : new File(host.getText()));
        chooser.setName("folder.chooser");
        chooser.setFileSelectionMode(JFileChooser.DIRECTORIES_ONLY);
        if (chooser.showOpenDialog(this) == JFileChooser.APPROVE_OPTION) {
            File chosen = chooser.getSelectedFile();
            host.setText(chosen.getAbsolutePath());
            if (guest.getText().isBlank()) {
                guest.setText("/mnt/" + chosen.getName());
            }
        }
    }

    Wishes.Folder folder() {
        return new Wishes.Folder(host.getText(), guest.getText(), readOnly.isSelected());
    }

    /** Marks what cannot be; fields that nothing was typed into are only said to be missing once all is asked for. */
    void mark(Map<String, String> problems, int index) {
        String ofHost = problems.getOrDefault(Wishes.Folder.field(index, true), "");
        String ofGuest = problems.getOrDefault(Wishes.Folder.field(index, false), "");
        boolean hostTyped = !host.getText().isEmpty();
        boolean guestTyped = !guest.getText().isEmpty();
        FormLines.outline(host, hostTyped && !ofHost.isEmpty());
        FormLines.outline(guest, guestTyped && !ofGuest.isEmpty());
        problem.say(hostTyped && !ofHost.isEmpty() ? ofHost : guestTyped ? ofGuest : "");
    }

    @Override
    public boolean requestFocusInWindow() {
        return host.requestFocusInWindow();
    }
}
