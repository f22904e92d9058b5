/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.canvas.DesktopCanvas;
import dev.berth.platform.internal.ThreadedTaskRunner;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.sessions.files.GuestFiles;
import dev.berth.sessions.internal.files.DefaultGuestFiles;
import dev.berth.shell.internal.kit.Themes;
import dev.berth.shell.internal.model.Contributed;
import dev.berth.shell.internal.model.HostChecks;
import dev.berth.shell.internal.model.ShellServices;
import dev.berth.shell.internal.view.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.swing.finder.WindowFinder;
import org.assertj.swing.fixture.FrameFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of the window: with a real X server behind the tabs, real settings in a folder, and doubles of the rest. */
abstract class WindowTest extends SwingTest {

    @TempDir
    Path folder;

    protected XvncPeer xvnc;
    protected SessionsDouble sessions;
    protected Themes themes;
    protected SettingsStore settings;
    protected HostChecks host;
    protected final PluginsDouble plugins = new PluginsDouble();
    protected Contributed contributed;
    protected Workbench workbench;
    protected FrameFixture window;

    @BeforeEach
    void open() throws Exception {
        xvnc = new XvncPeer(folder, 800, 600);
        sessions = new SessionsDouble(xvnc);
        themes = Doubles.themes();
        settings = Doubles.settings(folder.resolve("home"));
        host = new HostChecks();
        prepare();
        contributed = new Contributed();
        workbench = workbench(contributed);
        window = show(workbench);
    }

    /** The files of sessions. */
    protected GuestFiles files() {
        return new DefaultGuestFiles(sessions.manager());
    }

    /** What a test wants to be there before the window opens. */
    protected void prepare() throws Exception {}

    /** Opens the window again, after it was closed. */
    protected void openWindow() throws Exception {
        contributed = new Contributed();
        workbench = workbench(contributed);
        window = show(workbench);
    }

    private Workbench workbench(Contributed all) {
        return new Workbench(
                new ShellServices(
                        sessions.manager(),
                        files(),
                        Doubles.recipes(),
                        new ThreadedTaskRunner(),
                        settings,
                        Doubles.images(),
                        host,
                        plugins,
                        folder.resolve("berth.log")),
                Doubles.icons(),
                themes,
                all,
                () -> false);
    }

    private FrameFixture show(Workbench made) throws InterruptedException {
        made.open(List.of());
        return WindowFinder.findFrame("berth").using(robot);
    }

    @AfterEach
    void close() throws Exception {
        closeWindow();
        xvnc.close();
    }

    /** Closes the window; sessions go on. */
    protected void closeWindow() throws Exception {
        workbench.dispose();
        workbench.awaitClosed();
    }

    /** Whether something of a name can be seen. */
    protected boolean sees(String name) {
        return !robot.finder()
                .findAll(c -> name.equals(c.getName()) && c.isShowing())
                .isEmpty();
    }

    /** How many sessions the Sessions tool window lists. */
    protected int sessionsListed() {
        return robot.finder().findAll(c -> "sessions.tree".equals(c.getName()) && c.isShowing()).stream()
                .map(c -> ((javax.swing.JTree) c).getModel())
                .mapToInt(rows -> rows.getChildCount(rows.getRoot()))
                .sum();
    }

    protected DesktopCanvas desktop() {
        await(
                "the desktop",
                () -> !robot.finder().findAll(DesktopCanvas.class::isInstance).isEmpty());
        return (DesktopCanvas) robot.finder()
                .findAll(DesktopCanvas.class::isInstance)
                .iterator()
                .next();
    }

    protected static void awaitFocus(DesktopCanvas canvas) {
        await("the focus", canvas::isFocusOwner);
    }

    protected static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
