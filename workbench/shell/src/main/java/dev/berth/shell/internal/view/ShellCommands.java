/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.command.Command;
import dev.berth.api.ui.command.CommandContext;
import dev.berth.api.ui.command.CommandTask;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.theme.Theme;
import dev.berth.canvas.ScaleMode;
import dev.berth.shell.internal.dock.Dock;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Themes;
import dev.berth.shell.internal.model.CommandRegistry;
import dev.berth.shell.internal.model.CommandRegistry.Entry;
import dev.berth.shell.internal.model.Failures;
import dev.berth.shell.internal.settings.Preferences;
import dev.berth.shell.internal.tab.DesktopView;
import dev.berth.shell.internal.tab.SessionTab;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.JComponent;
import javax.swing.JOptionPane;

/** The window's own commands, and what all commands work on. */
@OnEdt
final class ShellCommands implements CommandContext, AutoCloseable {

    static final String PALETTE = "dev.berth.palette";

    private static final String OWN = "dev.berth.";

    private final WorkbenchFrame window;
    private final CommandRegistry registry;
    private final Themes themes;
    private final List<Registration> registrations = new ArrayList<>();

    ShellCommands(WorkbenchFrame window, CommandRegistry registry, Themes themes) {
        this.window = window;
        this.registry = registry;
        this.themes = themes;
    }

    void addAll() {
        add("newSession", "add", "menu N", "session", 90, it -> window.newSession(""));
        add("welcome", "welcome", "menu shift N", "session", 100, it -> window.showWelcome());
        add("overview", "overview", "menu shift O", "session", 110, it -> window.showOverview());
        add(
                "start",
                "start",
                "",
                "session",
                200,
                when(this::isDown, it -> window.selectedTab().ifPresent(SessionTab::startAgain)));
        add("stop", "stop", "", "session", 210, when(this::isUp, it -> session(SessionActions::stop)));
        add(
                "pause",
                "",
                "",
                "session",
                212,
                when(it -> is(SessionState.RUNNING), it -> session(SessionActions::pause)));
        add(
                "resume",
                "",
                "",
                "session",
                214,
                when(it -> is(SessionState.PAUSED), it -> session(SessionActions::resume)));
        add("snapshot", "pin", "", "session", 230, when(this::isSettled, it -> session(SessionActions::snapshot)));
        add("copy", "copy", "", "session", 232, when(this::isSettled, it -> session(SessionActions::copy)));
        add("remove", "remove", "", "session", 234, when(this::isSettled, it -> session(SessionActions::remove)));
        add("keys", "keys", "", "session", 300, desktop(DesktopView::sendControlAltDelete));
        add("shotFile", "screenshot", "", "session", 310, desktop(DesktopView::screenshotToFile));
        add("shotClip", "", "", "session", 320, desktop(DesktopView::screenshotToClipboard));
        add("close", "close", "menu W", "session", 400, it -> window.closeSelected());
        add("quit", "", "menu Q", "session", 410, it -> window.close());
        add("follow", "follow", "", "view", 100, desktop(view -> view.mode(ScaleMode.FOLLOW)));
        add("fit", "fit", "", "view", 110, desktop(view -> view.mode(ScaleMode.FIT)));
        add("actual", "actual", "", "view", 120, desktop(view -> view.mode(ScaleMode.ACTUAL)));
        add("fullScreen", "fullscreen", "F11", "view", 130, desktop(DesktopView::toggleFullScreen));
        add("viewOnly", "eye", "", "view", 140, desktop(DesktopView::toggleViewOnly));
        add("mute", "muted", "", "session", 330, desktop(DesktopView::toggleMute));
        add("microphone", "microphone", "", "session", 340, desktop(DesktopView::toggleMicrophone));
        add("split", "split", "ctrl BACK_SLASH", "view", 200, tab((dock, view) -> dock.split(view, false)));
        add("splitBelow", "", "", "view", 210, tab((dock, view) -> dock.split(view, true)));
        add("tearOff", "window", "", "view", 220, tab(Dock::tearOff));
        add("pin", "pin", "", "view", 230, tab((dock, view) -> dock.pin(view, !dock.isPinned(view))));
        add("closeOthers", "", "", "view", 240, tab(Dock::closeOthers));
        add("nextTab", "", "ctrl PAGE_DOWN", "view", 250, tab((dock, view) -> step(dock, view, 1)));
        add("previousTab", "", "ctrl PAGE_UP", "view", 260, tab((dock, view) -> step(dock, view, -1)));
        add("resetLayout", "", "", "view", 270, it -> window.memory().reset());
        add("themeSystem", "theme", "", "view", 400, it -> theme(Themes.SYSTEM));
        int order = 410;
        for (Theme theme : themes.all()) {
            String title = Texts.of("command.theme", theme.title());
            register(Entry.own(theme.id(), title, "", "", "view", order++, it -> theme(theme.id())));
        }
        add("palette", "search", "menu shift P", "tools", 100, it -> window.palette(""));
        add("settings", "settings", "menu COMMA", "tools", 110, it -> window.settings("", ""));
        add("shortcuts", "keys", "", "tools", 120, it -> window.settings(Preferences.KEYS, ""));
        add("about", "info", "", "help", 100, it -> about());
    }

    private void add(String name, String icon, String shortcut, String menu, int order, Command command) {
        register(Entry.own(OWN + name, Texts.of("command." + name), icon, shortcut, menu, order, command));
    }

    private void register(Entry entry) {
        registrations.add(registry.add(entry));
    }

    private static Command when(Predicate<CommandContext> enabled, Consumer<CommandContext> run) {
        return new Command() {
            @Override
            public boolean enabled(CommandContext context) {
                return enabled.test(context);
            }

            @Override
            public void run(CommandContext context) {
                run.accept(context);
            }
        };
    }

    private Command tab(BiConsumer<Dock, JComponent> run) {
        return when(
                it -> window.dock().selected().isPresent(),
                it -> window.dock().selected().ifPresent(view -> run.accept(window.dock(), view)));
    }

    private static void step(Dock dock, JComponent view, int by) {
        List<JComponent> all = dock.views();
        dock.select(all.get(Math.floorMod(all.indexOf(view) + by, all.size())));
    }

    private Command desktop(Consumer<DesktopView> run) {
        return when(it -> desktop().isPresent(), it -> desktop().ifPresent(run));
    }

    private Optional<DesktopView> desktop() {
        return window.selectedTab().flatMap(SessionTab::desktop);
    }

    private boolean isDown(CommandContext context) {
        return is(SessionState.STOPPED) || is(SessionState.FAILED);
    }

    private boolean isUp(CommandContext context) {
        return is(SessionState.RUNNING) || is(SessionState.PAUSED);
    }

    private boolean isSettled(CommandContext context) {
        return isUp(context) || isDown(context);
    }

    private boolean is(SessionState state) {
        return session().filter(session -> session.state() == state).isPresent();
    }

    private void session(BiConsumer<SessionActions, SessionInfo> action) {
        session().ifPresent(session -> action.accept(window.actions(), session));
    }

    private void theme(String id) {
        window.writer().put(Preferences.WORKBENCH, "theme", id);
        themes.apply(id, themes.systemDark());
    }

    private void about() {
        String version = Optional.ofNullable(ShellCommands.class.getPackage().getImplementationVersion())
                .orElse("");
        JOptionPane.showMessageDialog(
                window.frame(),
                Texts.of("about.text", version),
                Texts.of("command.about"),
                JOptionPane.PLAIN_MESSAGE,
                window.icons().of("berth", 48));
    }

    // ---- CommandContext

    @Override
    public Optional<SessionInfo> session() {
        return window.selectedTab().flatMap(SessionTab::session);
    }

    @Override
    public void runTask(String title, CommandTask task) {
        window.actions().run(title, task, () -> {});
    }

    @Override
    public void runCommand(String id) {
        Edt.run(() -> registry.run(id, this, broken -> showError(Failures.bug(broken))));
    }

    @Override
    public void showError(BerthException error) {
        window.showError(error);
    }

    @Override
    public void notify(String text) {
        window.notify(text);
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
        registrations.clear();
    }
}
