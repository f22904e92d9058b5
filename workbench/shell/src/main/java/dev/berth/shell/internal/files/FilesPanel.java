/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.files;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.tools.Host;
import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.swing.BoxLayout;
import javax.swing.DefaultListCellRenderer;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;

/** The tool window with this computer's files beside a session's, and what copies between them. */
@OnEdt
public final class FilesPanel extends JPanel {

    private final transient Host host;
    private final transient Copies copies;
    private final JComboBox<SessionInfo> sessions = new JComboBox<>();
    private final FilePane here;
    private final FilePane there;
    private String shown = "";
    private boolean filling;

    /** Shows this computer's files at once, and those of the session in front. */
    public FilesPanel(Host host, ToolWindowContext context) {
        super(new BorderLayout());
        this.host = host;
        copies = new Copies(host, this);
        setName("files");
        here = new FilePane(host, "files.host", new JLabel(Texts.of("files.host")), this::toGuest);
        sessions.setName("files.sessions");
        sessions.getAccessibleContext().setAccessibleName(Texts.of("files.session"));
        sessions.setRenderer(new Names());
        sessions.setMaximumSize(sessions.getPreferredSize());
        sessions.addActionListener(event -> {
            if (!filling) {
                show((SessionInfo) sessions.getSelectedItem());
            }
        });
        there = new FilePane(host, "files.guest", sessions, this::toHost);
        here.table().setDragEnabled(true);
        here.table().setTransferHandler(new HostTransfer(this::chosenHere, this::toHost));
        there.table().setDragEnabled(true);
        there.table().setTransferHandler(new GuestTransfer(there.table()::selected, this::toGuest));
        add(columns(), BorderLayout.CENTER);
        context.onClose(host.sessions().onChange(this::fill));
        here.side(new HostSide());
        fill();
    }

    private JPanel columns() {
        JPanel buttons = new JPanel();
        buttons.setLayout(new BoxLayout(buttons, BoxLayout.Y_AXIS));
        buttons.setBorder(Ui.padding(0, 0.5, 0, 0.5));
        buttons.add(Ui.iconButton(
                "files.toGuest", Texts.of("files.toGuest"), host.icons().of("right"), this::toGuest));
        buttons.add(Ui.gapDown(1));
        buttons.add(Ui.iconButton(
                "files.toHost", Texts.of("files.toHost"), host.icons().of("left"), this::toHost));
        JPanel columns = new JPanel(new GridBagLayout());
        GridBagConstraints at = new GridBagConstraints();
        at.fill = GridBagConstraints.BOTH;
        at.weighty = 1;
        at.weightx = 1;
        columns.add(here, at);
        at.weightx = 0;
        at.fill = GridBagConstraints.NONE;
        columns.add(buttons, at);
        at.weightx = 1;
        at.fill = GridBagConstraints.BOTH;
        columns.add(there, at);
        return columns;
    }

    /** Offers the sessions that run; the one that is shown stays, else the one in front is. */
    private void fill() {
        List<SessionInfo> running = host.sessions().sessions().stream()
                .filter(it -> it.state() == SessionState.RUNNING)
                .toList();
        Optional<SessionInfo> kept =
                running.stream().filter(it -> it.id().equals(shown)).findFirst();
        Optional<SessionInfo> front = host.front()
                .flatMap(it -> running.stream()
                        .filter(other -> other.id().equals(it.id()))
                        .findFirst());
        SessionInfo chosen =
                kept.or(() -> front).or(() -> running.stream().findFirst()).orElse(null);
        filling = true;
        sessions.removeAllItems();
        running.forEach(sessions::addItem);
        sessions.setSelectedItem(chosen);
        sessions.setEnabled(!running.isEmpty());
        sessions.setMaximumSize(sessions.getPreferredSize());
        filling = false;
        show(chosen);
    }

    private void show(@Nullable SessionInfo session) {
        String now = session == null ? "" : session.id();
        if (!now.equals(shown) || session == null) {
            shown = now;
            there.side(session == null ? null : new GuestSide(host.services().files(), session.id()));
        }
    }

    private Optional<SessionInfo> session() {
        return Optional.ofNullable((SessionInfo) sessions.getSelectedItem());
    }

    private List<Path> chosenHere() {
        return here.folder()
                .map(folder -> here.table().selected().stream()
                        .map(it -> Path.of(folder).resolve(it.name()))
                        .toList())
                .orElse(List.of());
    }

    private void toGuest() {
        toGuest(chosenHere());
    }

    private void toGuest(List<Path> files) {
        if (!files.isEmpty() && session().isPresent() && there.folder().isPresent()) {
            copies.toGuest(session().get(), files, there.folder().get(), there::refresh);
        }
    }

    private void toHost() {
        List<String> names = there.table().selected().stream().map(Item::name).toList();
        if (!names.isEmpty()
                && session().isPresent()
                && there.folder().isPresent()
                && here.folder().isPresent()) {
            copies.toHost(
                    session().get(),
                    there.folder().get(),
                    names,
                    Path.of(here.folder().get()),
                    here::refresh);
        }
    }

    private static final class Names extends DefaultListCellRenderer {
        @Override
        public Component getListCellRendererComponent(
                JList<?> list, @Nullable Object value, int index, boolean selected, boolean focus) {
            String words = value instanceof SessionInfo session ? session.name() : Texts.of("files.none");
            return super.getListCellRendererComponent(list, words, index, selected, focus);
        }
    }
}
