/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.task.AnyThread;
import dev.berth.api.task.OnWorker;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.workbench.WorkbenchWindow.Mark;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Themes;
import dev.berth.shell.internal.model.Contributed;
import dev.berth.shell.internal.model.ShellServices;
import dev.berth.shell.internal.model.ToolWindowEntry;
import dev.berth.shell.internal.settings.Preferences;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** The window's life: made when first asked for, shown, awaited, gone. Any thread. */
@AnyThread
public final class Workbench {

    private static final long PAINT_SECONDS = 20;

    private final ShellServices services;
    private final Icons icons;
    private final Themes themes;
    private final Contributed contributed;
    private final Tone tone;
    private final List<ToolWindowEntry> toolWindows = new CopyOnWriteArrayList<>();
    private final List<Mark> marks = new CopyOnWriteArrayList<>();
    private @Nullable WorkbenchFrame frame;
    private CountDownLatch painted = new CountDownLatch(1);
    private CountDownLatch closed = new CountDownLatch(0);
    private @Nullable EdtWatchdog watchdog;
    private boolean listening;

    /** Whether the system is dark. */
    @FunctionalInterface
    public interface Tone {
        /** Asks; blocks for a moment. */
        @OnWorker
        boolean isDark() throws InterruptedException;
    }

    /** Makes nothing yet. */
    public Workbench(ShellServices services, Icons icons, Themes themes, Contributed contributed, Tone tone) {
        this.services = services;
        this.icons = icons;
        this.themes = themes;
        this.contributed = contributed;
        this.tone = tone;
    }

    /** Adds a tool window, now or when the window opens. */
    public void addToolWindow(ToolWindowEntry entry) {
        toolWindows.add(entry);
        withFrame(window -> window.tools().add(entry));
    }

    /** Takes a tool window away. */
    public void removeToolWindow(ToolWindowEntry entry) {
        toolWindows.remove(entry);
        withFrame(window -> window.tools().remove(entry.id()));
    }

    private void withFrame(Consumer<WorkbenchFrame> action) {
        Edt.runLater(() -> {
            WorkbenchFrame window;
            synchronized (this) {
                window = frame;
            }
            if (window != null) {
                action.accept(window);
            }
        });
    }

    /** As {@link dev.berth.api.ui.workbench.WorkbenchWindow#open}. */
    @OnWorker
    public void open(List<String> sessions) throws InterruptedException {
        WorkbenchFrame window = show();
        for (String name : sessions) {
            window.background()
                    .ask(
                            () -> services.sessions().find(name),
                            found -> found.ifPresent(window::show),
                            window::showError);
        }
    }

    /** As {@link dev.berth.api.ui.workbench.WorkbenchWindow#start}. */
    @OnWorker
    public void start(String recipe) throws InterruptedException {
        WorkbenchFrame window = show();
        window.background()
                .ask(
                        () -> services.recipes().find(recipe),
                        found -> found.ifPresentOrElse(window::start, () -> window.start(recipe)),
                        window::showError);
    }

    /** As {@link dev.berth.api.ui.workbench.WorkbenchWindow#view}. */
    @OnWorker
    public void view(String address) throws InterruptedException {
        WorkbenchFrame window = show();
        Edt.runLater(() -> window.view(address));
    }

    private WorkbenchFrame show() throws InterruptedException {
        if (GraphicsEnvironment.isHeadless()) {
            throw new HeadlessException("there is no screen to show a window on");
        }
        Edt.assertNotOnEdt();
        preferPlainX11();
        Look look = Look.of(new Preferences(services.settings()));
        boolean dark = tone.isDark();
        CountDownLatch paint;
        WorkbenchFrame window = Edt.callAndWait(() -> {
            WorkbenchFrame made = frame(look, dark);
            made.open();
            return made;
        });
        synchronized (this) {
            paint = painted;
        }
        if (!paint.await(PAINT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the window was not painted within " + PAINT_SECONDS + " s");
        }
        return window;
    }

    /**
     * The whole of a picture is painted in two thirds of the time without XRender, small parts about as fast (see the benchmark {@code paint}), and
     * pictures are scaled by the canvas itself. Has an effect only before the first use of AWT; whoever set it knows why.
     */
    private static void preferPlainX11() {
        if (System.getProperty("sun.java2d.xrender") == null) {
            System.setProperty("sun.java2d.xrender", "false");
        }
        if (System.getProperty("flatlaf.useNativeLibrary") == null
                && System.getProperty("os.name", "").startsWith("Linux")) {
            // Only for window borders drawn by FlatLaf, which are not used; it needs GTK, which servers lack.
            System.setProperty("flatlaf.useNativeLibrary", "false");
        }
    }

    private synchronized WorkbenchFrame frame(Look look, boolean dark) {
        WorkbenchFrame existing = frame;
        if (existing != null) {
            return existing;
        }
        if (!listening) {
            listening = true;
            services.settings().onChange(Preferences.WORKBENCH, values -> Edt.runLater(this::lookAgain));
        }
        watchdog = EdtWatchdog.start(contributed.conduct());
        mark("toolkitReady");
        Texts.language(look.language());
        // The dialogs of Swing itself follow.
        JComponent.setDefaultLocale(Texts.locale());
        themes.look(look.accent(), look.scale());
        themes.apply(look.theme(), dark);
        painted = new CountDownLatch(1);
        closed = new CountDownLatch(1);
        WorkbenchFrame made = new WorkbenchFrame(services, icons, themes, contributed, this::mark, this::closed);
        toolWindows.forEach(made.tools()::add);
        frame = made;
        return made;
    }

    private void lookAgain() {
        Look look = Look.of(new Preferences(services.settings()));
        themes.look(look.accent(), look.scale());
        themes.apply(look.theme(), themes.systemDark());
    }

    /** What the settings say of the look. */
    private record Look(String theme, String accent, int scale, String language) {
        static Look of(Preferences preferences) {
            String scale = preferences.text(Preferences.WORKBENCH, "scale", "100");
            return new Look(
                    preferences.text(Preferences.WORKBENCH, "theme", Themes.SYSTEM),
                    preferences.text(Preferences.WORKBENCH, "accent", ""),
                    scale.matches("\\d{2,3}") ? Integer.parseInt(scale) : 100,
                    preferences.text(Preferences.WORKBENCH, "language", ""));
        }
    }

    private synchronized void closed() {
        frame = null;
        if (watchdog != null) {
            watchdog.close();
        }
        closed.countDown();
    }

    private void mark(String name) {
        if (marks.stream().noneMatch(mark -> mark.name().equals(name))) {
            Optional<Instant> start = ProcessHandle.current().info().startInstant();
            long millis = start.map(it -> Duration.between(it, Instant.now()).toMillis())
                    .orElse(0L);
            marks.add(new Mark(name, millis));
        }
        if (name.equals("windowPainted")) {
            synchronized (this) {
                painted.countDown();
            }
        }
    }

    /** As {@link dev.berth.api.ui.workbench.WorkbenchWindow#awaitClosed}. */
    @OnWorker
    public void awaitClosed() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = closed;
        }
        latch.await();
    }

    /** As {@link dev.berth.api.ui.workbench.WorkbenchWindow#marks}. */
    public List<Mark> marks() {
        return new ArrayList<>(marks);
    }

    /** Takes the window away without asking. */
    public void dispose() {
        withFrame(WorkbenchFrame::dispose);
    }
}
