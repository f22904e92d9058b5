/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.task.OnEdt;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.command.CommandTask;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.plugins.InstalledPlugin;
import dev.berth.plugins.PluginManager;
import dev.berth.plugins.PluginOffer;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Ui;
import dev.berth.shell.internal.kit.WideColumn;
import java.awt.BorderLayout;
import java.awt.event.HierarchyEvent;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.swing.BorderFactory;
import javax.swing.BoxLayout;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextField;
import javax.swing.SwingConstants;
import javax.swing.Timer;

/** The plugins that the person installed, and more of them: from a file, an address or a repository. Nothing here needs a restart. */
@OnEdt
public final class PluginsPanel extends JPanel {

    /** A plugin that was just installed or switched on takes a moment to start; what became of it is looked at then. */
    private static final int SETTLE_MILLIS = 1_500;

    private final transient Host host;
    private final transient ToolWindowContext context;
    private final JTextField source = new JTextField();
    private final JPanel list = new JPanel();
    private final JLabel none = Ui.muted(new JLabel(Texts.of("plugins.none"), SwingConstants.CENTER));
    private final Timer settled = new Timer(SETTLE_MILLIS, event -> look());
    private transient List<InstalledPlugin> installed = List.of();
    private transient List<PluginOffer> offers = List.of();
    private String repository = "";

    /** Looks at once, and again whenever it is shown. */
    public PluginsPanel(Host host, ToolWindowContext context) {
        super(new BorderLayout());
        this.host = host;
        this.context = context;
        setName("plugins");
        settled.setRepeats(false);
        context.onClose(settled::stop);
        none.setName("plugins.noneText");
        none.setBorder(Ui.padding(3, 2, 3, 2));
        list.setLayout(new BoxLayout(list, BoxLayout.Y_AXIS));
        list.setBorder(Ui.padding(0.5, 2, 1, 2));
        JPanel column = new WideColumn();
        column.setLayout(new BorderLayout());
        column.add(none, BorderLayout.NORTH);
        column.add(list, BorderLayout.CENTER);
        JScrollPane scroll = new JScrollPane(column);
        scroll.setBorder(BorderFactory.createEmptyBorder());
        add(bar(), BorderLayout.NORTH);
        add(scroll, BorderLayout.CENTER);
        addHierarchyListener(event -> {
            if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0 && isShowing()) {
                look();
            }
        });
        look();
    }

    private JPanel bar() {
        source.setName("plugins.source");
        source.putClientProperty("JTextField.placeholderText", Texts.of("plugins.source"));
        source.getAccessibleContext().setAccessibleName(Texts.of("plugins.source"));
        source.addActionListener(event -> take());
        JPanel buttons = new JPanel();
        buttons.setLayout(new BoxLayout(buttons, BoxLayout.X_AXIS));
        buttons.add(Ui.iconButton(
                "plugins.browse", Texts.of("plugins.browse"), host.icons().of("open"), this::browse));
        buttons.add(Ui.gapAcross(1));
        buttons.add(Ui.button("plugins.install", Texts.of("plugins.install"), this::take));
        buttons.add(Ui.gapAcross(1));
        buttons.add(Ui.iconButton(
                "plugins.refresh", Texts.of("problems.refresh"), host.icons().of("refresh"), this::look));
        JPanel bar = new JPanel(new BorderLayout(Ui.GRID, 0));
        bar.setBorder(Ui.padding(0.5, 2, 0.5, 1));
        bar.add(source, BorderLayout.CENTER);
        bar.add(buttons, BorderLayout.LINE_END);
        return bar;
    }

    private PluginManager plugins() {
        return host.services().plugins();
    }

    private void look() {
        host.background().ask(plugins()::installed, this::show, host::showError);
    }

    private void show(List<InstalledPlugin> now) {
        installed = now;
        long failed = now.stream()
                .filter(plugin -> plugin.state() == InstalledPlugin.State.FAILED)
                .count();
        context.badge(failed == 0 ? "" : String.valueOf(failed));
        fill();
    }

    private void fill() {
        list.removeAll();
        for (InstalledPlugin plugin : installed) {
            list.add(PluginRow.of(plugin, host.icons(), actions()));
        }
        if (!offers.isEmpty()) {
            list.add(Ui.gapDown(1.5));
            list.add(Ui.label("plugins.offered", Texts.of("plugins.offered", repository), "h4"));
            for (PluginOffer offer : offers) {
                boolean here = installed.stream()
                        .anyMatch(plugin -> plugin.info().name().equals(offer.name())
                                && plugin.info().version().equals(offer.version()));
                list.add(PluginRow.of(offer, here, host.icons(), this::takeOffer));
            }
        }
        none.setVisible(installed.isEmpty() && offers.isEmpty());
        revalidate();
        repaint();
    }

    private PluginRow.Actions actions() {
        return new PluginRow.Actions() {
            @Override
            public void update(String name) {
                run("plugins.updating", name, task -> plugins().update(name, consent(), task));
            }

            @Override
            public void rollBack(String name) {
                run("plugins.rollingBack", name, task -> plugins().rollBack(name));
            }

            @Override
            public void enable(String name, boolean on) {
                run("plugins.switching", name, task -> plugins().enable(name, on));
            }

            @Override
            public void remove(String name) {
                askToRemove(name);
            }
        };
    }

    private void run(String words, String name, CommandTask task) {
        host.run(Texts.of(words, name), task, () -> {
            look();
            settled.restart();
        });
    }

    private PluginManager.Consent consent() {
        return new PluginConsent(this);
    }

    // ---- more of them

    private void browse() {
        JFileChooser chooser = new JFileChooser();
        chooser.setDialogTitle(Texts.of("plugins.browse"));
        chooser.setFileSelectionMode(JFileChooser.FILES_AND_DIRECTORIES);
        if (chooser.showOpenDialog(this) == JFileChooser.APPROVE_OPTION) {
            source.setText(chooser.getSelectedFile().getPath());
            take();
        }
    }

    /** A jar is installed; of anything else that is a folder or an address it is shown what it offers. */
    private void take() {
        String from = source.getText().strip();
        if (from.isEmpty()) {
            source.requestFocusInWindow();
        } else if (isRepository(from)) {
            host.background()
                    .ask(
                            () -> plugins().offers(from, TaskContext.silent()),
                            found -> {
                                repository = from;
                                offers = found;
                                fill();
                            },
                            host::showError);
        } else {
            run("plugins.installing", from, task -> plugins().install(from, "", consent(), task));
        }
    }

    private static boolean isRepository(String from) {
        if (from.toLowerCase(Locale.ROOT).endsWith(".jar")) {
            return false;
        }
        if (from.startsWith("http://") || from.startsWith("https://")) {
            return true;
        }
        try {
            return Files.isDirectory(Path.of(from));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void takeOffer(PluginOffer offer) {
        String from = repository;
        run(
                "plugins.installing",
                offer.name(),
                task -> plugins().install(plugins().inRepository(from, offer.name()), "", consent(), task));
    }

    private void askToRemove(String name) {
        Object[] choices = {Texts.of("plugins.removeYes"), Texts.of("button.cancel")};
        int answer = JOptionPane.showOptionDialog(
                this,
                Texts.of("plugins.removeText", name),
                Texts.of("plugins.remove"),
                JOptionPane.YES_NO_OPTION,
                JOptionPane.WARNING_MESSAGE,
                null,
                choices,
                choices[1]);
        if (answer == 0) {
            run("plugins.removing", name, task -> plugins().remove(name));
        }
    }
}
