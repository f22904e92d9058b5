/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.Remedy;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.OnEdt;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.shell.internal.clip.ClipboardBridge;
import dev.berth.shell.internal.create.NewSessionDialog;
import dev.berth.shell.internal.dock.Dock;
import dev.berth.shell.internal.dock.TabDock;
import dev.berth.shell.internal.files.Copies;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Themes;
import dev.berth.shell.internal.model.Background;
import dev.berth.shell.internal.model.CommandRegistry;
import dev.berth.shell.internal.model.Contributed;
import dev.berth.shell.internal.model.Failures;
import dev.berth.shell.internal.model.Notice;
import dev.berth.shell.internal.model.Notices;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.model.SettingsPages;
import dev.berth.shell.internal.model.ShellServices;
import dev.berth.shell.internal.palette.Palette;
import dev.berth.shell.internal.settings.OwnPages;
import dev.berth.shell.internal.settings.Preferences;
import dev.berth.shell.internal.settings.SettingsDialog;
import dev.berth.shell.internal.settings.SettingsWriter;
import dev.berth.shell.internal.tab.DesktopView;
import dev.berth.shell.internal.tab.SessionTab;
import dev.berth.shell.internal.tab.Shell;
import dev.berth.shell.internal.tools.EnginesPanel;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Rectangle;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.swing.Icon;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;

/** The window: tabs in the middle, tool windows around them, menus above, the status below. */
@OnEdt
public final class WorkbenchFrame implements Shell {

    private static final Dimension FIRST_SIZE = new Dimension(1200, 780);
    private static final Dimension LEAST_SIZE = new Dimension(720, 480);

    private final JFrame frame = new JFrame(Texts.of("window.title"));
    private final ShellServices services;
    private final Icons icons;
    private final Consumer<String> marks;
    private final Background background = new Background();
    private final ClipboardBridge clipboard = new ClipboardBridge();
    private final SessionModel model;
    private final SessionActions actions;
    private final ShellCommands context;
    private final Dock dock;
    private final ToolWindows tools;
    private final StatusBar status;
    private final StatusFeed feed;
    private final Runnable onClosed;
    private final Preferences preferences;
    private final SettingsWriter writer;
    private final SettingsPages pages;
    private final PaletteSource sources;
    private final Palette palette;
    private final Keyboard keyboard;
    private final LayoutMemory memory;
    private final List<Registration> ends = new ArrayList<>();
    private final WelcomeTab welcome;
    private final OverviewTab overview;
    private final Notices notices = new Notices();
    private final Balloon balloon;
    private @Nullable SettingsDialog settings;

    /**
     * Makes the window without showing it.
     *
     * @param marks hears of start-up marks
     * @param onClosed runs once the window is gone
     */
    public WorkbenchFrame(
            ShellServices services,
            Icons icons,
            Themes themes,
            Contributed contributed,
            Consumer<String> marks,
            Runnable onClosed) {
        this.services = services;
        this.icons = icons;
        this.marks = marks;
        this.onClosed = onClosed;
        dock = new TabDock(icons);
        model = new SessionModel(services.sessions(), background);
        actions = new SessionActions(this, frame, model);
        welcome = new WelcomeTab(this, model);
        overview = new OverviewTab(this, model, actions);
        balloon = new Balloon(frame, icons);
        ends.add(notices.onNew(balloon::show));
        ends.add(new PluginCare(services.plugins(), contributed.conduct(), background, notices, this::showError)
                .start());
        CommandRegistry commands = contributed.commands();
        preferences = new Preferences(services.settings());
        writer = new SettingsWriter(services.settings(), background, this::showError);
        commands.shortcuts(preferences.shortcuts());
        context = new ShellCommands(this, commands, themes);
        pages = contributed.pages();
        sources = new PaletteSource(this, commands, pages, model);
        palette = new Palette(frame, icons, sources::items);
        keyboard = new Keyboard(
                frame,
                commands,
                context,
                dock::owns,
                () -> preferences.flag(Preferences.WORKBENCH, "doubleShift", true),
                this::broken);
        ends.add(pages.add(OwnPages.workbench(themes), ""));
        ends.add(pages.add(OwnPages.desktop(), ""));
        ends.add(pages.add(
                OwnPages.engines(services.host()::titles, () -> new EnginesPanel(new ToolHost(this, model))), ""));
        ends.add(pages.add(
                OwnPages.keys(commands, icons, (id, shortcut) -> writer.put(Preferences.KEYS, id, shortcut)), ""));
        ends.add(services.settings()
                .onChange(Preferences.KEYS, values -> Edt.runLater(() -> commands.shortcuts(preferences.shortcuts()))));
        tools = new ToolWindows(dock.component(), icons, context, commands, contributed.conduct());
        status = new StatusBar(icons, () -> tools.reveal(BuiltInTools.TASKS));
        feed = new StatusFeed(this, status);
        frame.setName("berth");
        frame.setDefaultCloseOperation(JFrame.DO_NOTHING_ON_CLOSE);
        frame.setMinimumSize(LEAST_SIZE);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                close();
            }
        });
        JPanel content = new FirstPaint();
        content.add(tools.component(), BorderLayout.CENTER);
        content.add(status, BorderLayout.SOUTH);
        frame.setContentPane(content);
        context.addAll();
        CommandMenus menus = new CommandMenus(commands, context, icons, this::broken);
        ends.add(menus::close);
        frame.setJMenuBar(menus.bar());
        BuiltInTools.all(this, model, actions).forEach(tools::add);
        memory = new LayoutMemory(this, dock, tools);
        dock.onSelect(view -> tabSelected());
        dock.pictures(this::smallPicture);
        Runnable widgets = () -> status.widgets(contributed.status().items(), icons, context::runCommand);
        ends.add(contributed.status().onChange(widgets));
        widgets.run();
        model.onChange(this::sessionsChanged);
        showWelcome();
    }

    /** Tells when the content was first painted. */
    private final class FirstPaint extends JPanel {
        private boolean painted;

        FirstPaint() {
            super(new BorderLayout());
            setName("content");
        }

        @Override
        public void paint(Graphics g) {
            super.paint(g);
            if (!painted) {
                painted = true;
                mark("windowPainted");
                // What is not needed for the first look comes after it.
                Edt.runLater(model::refresh);
                Edt.runLater(sources::prepare);
                Edt.runLater(memory::restore);
                background.ask(icons::applicationImages, frame::setIconImages, error -> {});
            }
        }
    }

    /** Shows the window, or brings it to the front. */
    public void open() {
        if (!frame.isVisible()) {
            Rectangle screen = frame.getGraphicsConfiguration().getBounds();
            frame.setSize(Math.min(FIRST_SIZE.width, screen.width), Math.min(FIRST_SIZE.height, screen.height));
            frame.setLocationRelativeTo(null);
            memory.bounds().ifPresent(frame::setBounds);
            if (memory.maximised()) {
                frame.setExtendedState(JFrame.MAXIMIZED_BOTH);
            }
            frame.setVisible(true);
            mark("windowShown");
        }
        frame.toFront();
    }

    /** The window itself. */
    JFrame frame() {
        return frame;
    }

    // ---- tabs

    /** Brings the Welcome tab to the front. */
    void showWelcome() {
        welcome.show();
    }

    /** Closes the Welcome tab; one tab is always left. */
    void closeWelcome() {
        welcome.close();
    }

    /** One tab is always left. */
    void keepOneTab() {
        if (dock.views().isEmpty()) {
            showWelcome();
        }
    }

    /** Brings the overview of all sessions to the front. */
    void showOverview() {
        overview.show();
    }

    /** Asks what a new session is to be. */
    void newSession(String recipe) {
        background.ask(
                services.recipes()::recipes,
                recipes -> new NewSessionDialog(
                                frame,
                                background,
                                icons,
                                () -> model.sessions().stream()
                                        .map(SessionInfo::name)
                                        .collect(Collectors.toSet()),
                                (request, title) -> addTab(SessionTab.starting(this, request, title)))
                        .open(recipes, recipe),
                this::showError);
    }

    /** Starts a session of a recipe in a new tab. */
    public void start(Recipe recipe) {
        addTab(SessionTab.starting(this, recipe.id(), recipe.title()));
    }

    /** Starts a session of a recipe, known by its id alone, in a new tab. */
    public void start(String recipe) {
        addTab(SessionTab.starting(this, recipe, recipe));
    }

    /** Opens a tab for a display by its address. */
    public void view(String address) {
        addTab(SessionTab.viewing(this, address, new PersonCredentials(frame)));
    }

    /** Opens a tab for a session, or brings its tab to the front. */
    public void show(SessionInfo session) {
        Optional<SessionTab> known = tabOf(session.id());
        if (known.isPresent()) {
            dock.select(known.get());
        } else {
            addTab(SessionTab.of(this, session));
        }
    }

    private void addTab(SessionTab tab) {
        dock.add(tab, tab.title(), icons.of(tab.icon()), () -> closeTab(tab));
    }

    Optional<SessionTab> tabOf(String sessionId) {
        return tabs().stream()
                .filter(tab -> tab.session().map(SessionInfo::id).orElse("").equals(sessionId))
                .findFirst();
    }

    private List<SessionTab> tabs() {
        return dock.views().stream()
                .filter(SessionTab.class::isInstance)
                .map(SessionTab.class::cast)
                .toList();
    }

    /** The session tab in front. */
    Optional<SessionTab> selectedTab() {
        return dock.selected().filter(SessionTab.class::isInstance).map(SessionTab.class::cast);
    }

    /** Closes the tab in front. */
    void closeSelected() {
        JComponent view = dock.selected().orElse(null);
        if (view instanceof SessionTab tab) {
            closeTab(tab);
        } else if (view != null && welcome.is(view)) {
            welcome.close();
        } else if (view != null && overview.is(view)) {
            overview.close();
        }
    }

    /** Opens the palette, or closes it. */
    void palette(String query) {
        palette.toggle(query);
    }

    /** Opens the settings at a page; empty for the one they were left at. */
    void settings(String page, String query) {
        if (settings == null) {
            settings = new SettingsDialog(frame, pages, services.settings(), icons, background, this::showError);
        }
        settings.open(page, query);
    }

    LayoutMemory memory() {
        return memory;
    }

    SettingsWriter writer() {
        return writer;
    }

    Preferences preferences() {
        return preferences;
    }

    Dock dock() {
        return dock;
    }

    ToolWindows tools() {
        return tools;
    }

    SessionActions actions() {
        return actions;
    }

    ShellCommands context() {
        return context;
    }

    /** The last picture of a desktop whose tab is behind another, for those who look for it. */
    private Optional<Icon> smallPicture(JComponent view) {
        return view instanceof SessionTab tab ? tab.desktop().map(DesktopView::smallPicture) : Optional.empty();
    }

    private void tabSelected() {
        String title = selectedTab().map(SessionTab::title).orElse("");
        frame.setTitle(title.isEmpty() ? Texts.of("window.title") : title + " – " + Texts.of("window.title"));
        feed.refresh();
    }

    private void sessionsChanged() {
        for (SessionTab tab : tabs()) {
            tab.session().flatMap(session -> model.find(session.id())).ifPresent(tab::sessionChanged);
        }
        feed.refresh();
    }

    // ---- closing

    /** Closes the window, after asking when sessions run. */
    void close() {
        List<SessionInfo> running = model.sessions().stream()
                .filter(session -> session.state() == SessionState.RUNNING
                        || session.state() == SessionState.PAUSED
                        || session.state() == SessionState.STARTING)
                .toList();
        if (running.isEmpty()) {
            dispose();
            return;
        }
        switch (CloseQuestion.ask(frame, running)) {
            case KEEP -> dispose();
            case STOP -> actions.stopAll(running, this::dispose);
            case CANCEL -> {}
        }
    }

    /** Takes the window away without asking; sessions go on. */
    public void dispose() {
        memory.close();
        overview.dispose();
        tabs().forEach(SessionTab::close);
        dock.dispose();
        ends.forEach(Registration::close);
        keyboard.close();
        if (settings != null) {
            settings.dispose();
        }
        feed.close();
        tools.dispose();
        model.close();
        context.close();
        frame.setVisible(false);
        frame.dispose();
        clipboard.close();
        // Displays are left on workers; they get a moment before the workers are interrupted.
        Thread last = new Thread(
                () -> {
                    background.finish();
                    onClosed.run();
                },
                "berth-shell-close");
        last.setDaemon(true);
        last.start();
    }

    // ---- Shell

    @Override
    public ShellServices services() {
        return services;
    }

    @Override
    public Background background() {
        return background;
    }

    @Override
    public Icons icons() {
        return icons;
    }

    @Override
    public ClipboardBridge clipboard() {
        return clipboard;
    }

    @Override
    public void remedy(Remedy remedy, Runnable retry) {
        if (!remedy.commandId().isEmpty()) {
            context.runCommand(remedy.commandId());
        } else {
            actions.fix(remedy, retry);
        }
    }

    @Override
    public void showError(BerthException error) {
        Remedy remedy = error.remedy();
        boolean runs = !remedy.hostCommand().isEmpty() || !remedy.commandId().isEmpty();
        String text = runs || remedy.isNone() ? error.summary() : error.summary() + " " + remedy.text();
        Notice.Action action = runs
                ? new Notice.Action(remedy.text(), () -> remedy(remedy, () -> {}))
                : new Notice.Action(Texts.of("notices.log"), () -> tools.reveal(BuiltInTools.LOG));
        Edt.run(() -> notices.add(Notice.failed(text, Optional.of(action))));
    }

    private void broken(Throwable cause) {
        showError(Failures.bug(cause));
    }

    @Override
    public void notify(String text) {
        Edt.run(() -> notices.add(Notice.done(text, Optional.empty())));
    }

    @Override
    public void notify(String text, String words, Runnable action) {
        Edt.run(() -> notices.add(Notice.done(text, Optional.of(new Notice.Action(words, action)))));
    }

    /** What the window told. */
    Notices notices() {
        return notices;
    }

    @Override
    public void filesDropped(SessionInfo session, List<Path> files) {
        new Copies(new ToolHost(this, model), frame).toDesktop(session, files);
    }

    @Override
    public void tabChanged(SessionTab tab) {
        dock.update(tab, tab.title(), icons.of(tab.icon()));
        model.refresh();
    }

    @Override
    public void closeTab(SessionTab tab) {
        tab.close();
        dock.remove(tab);
        keepOneTab();
    }

    @Override
    public void mark(String name) {
        marks.accept(name);
    }
}
