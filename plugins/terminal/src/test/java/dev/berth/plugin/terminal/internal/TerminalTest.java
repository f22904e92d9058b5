/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.engine.TerminalSize;
import dev.berth.api.session.SessionDirectory;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.command.CommandContext;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.settings.SettingsValues;
import dev.berth.api.ui.toolwindow.ToolWindowContext;
import dev.berth.plugin.terminal.internal.vt.Emulator;
import dev.berth.testkit.screen.VirtualScreen;
import java.awt.Component;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.KeyEvent;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import javax.swing.JFrame;
import org.assertj.swing.core.BasicRobot;
import org.assertj.swing.core.Robot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real shell on a real pseudo-terminal behind the tabs; only the container around it is left out. */
@ExtendWith(VirtualScreen.class)
class TerminalTest {

    private static final SessionInfo SESSION =
            new SessionInfo("id-work", "work", SessionState.RUNNING, "debian-xfce", "runc", "sha256:0", Instant.EPOCH);

    @TempDir
    Path folder;

    private final List<Process> started = new CopyOnWriteArrayList<>();
    private final List<TerminalSize> sizes = new CopyOnWriteArrayList<>();
    private final List<Registration> resources = new ArrayList<>();
    private Robot robot;
    private JFrame frame;
    private TerminalTabs tabs;

    @BeforeEach
    void open() throws Exception {
        robot = BasicRobot.robotWithNewAwtHierarchy();
        robot.settings().delayBetweenEvents(10);
        tabs = Edt.callAndWait(
                () -> new TerminalTabs(directory(), new TerminalTexts(), new TerminalPreferences(values()), context()));
        frame = Edt.callAndWait(() -> {
            JFrame made = new JFrame("terminals");
            made.add(tabs);
            made.setSize(900, 500);
            made.setVisible(true);
            return made;
        });
    }

    @AfterEach
    void close() throws Exception {
        resources.forEach(Registration::close);
        Edt.runAndWait(frame::dispose);
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        robot.cleanUp();
    }

    @Test
    void whatIsTypedRunsAndItsOutputIsShownAndCopied() throws Exception {
        Edt.runAndWait(() -> tabs.open(SESSION));
        await("the prompt", () -> text(0).contains("ready$"));
        await("the keyboard", () -> screen().isFocusOwner());
        robot.enterText("echo one-$((40+2)); printf '\\033[31mred\\033[m\\n'");
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await("the output", () -> text(0).contains("\none-42\nred\n"));
        Emulator terminal = tabs.terminal(0);
        synchronized (terminal) {
            int row = 0;
            while (!terminal.line(row).text(0, 3).equals("red")) {
                row++;
            }
            assertThat(terminal.line(row).front(0)).isEqualTo(1);
        }
        Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection("echo pasted"), null);
        robot.pressKey(KeyEvent.VK_CONTROL);
        robot.pressKey(KeyEvent.VK_SHIFT);
        robot.pressAndReleaseKeys(KeyEvent.VK_V);
        robot.releaseKey(KeyEvent.VK_SHIFT);
        robot.releaseKey(KeyEvent.VK_CONTROL);
        // The shell takes a pasted line as text until Enter is pressed: a paste runs nothing by itself.
        await("the paste", () -> text(0).contains("ready$ echo pasted"));
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await("what was pasted", () -> text(0).contains("\npasted\n"));
        assertThat(sizes).isNotEmpty();
        assertThat(sizes.get(sizes.size() - 1).columns())
                .isEqualTo(terminal.columns())
                .isGreaterThan(80);

        Edt.runAndWait(() -> tabs.open(SESSION));
        await("the second", () -> tabs.count() == 2 && text(1).contains("ready$"));
        robot.enterText("exit");
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await("its end", () -> text(1).contains("[exited with 0]"));
    }

    private Component screen() {
        return robot.finder().findAll(c -> "terminal".equals(c.getName()) && c.isShowing()).stream()
                .findFirst()
                .orElse(frame);
    }

    private String text(int tab) {
        Emulator terminal = tabs.terminal(tab);
        StringBuilder all = new StringBuilder();
        synchronized (terminal) {
            for (int row = -terminal.scrolled(); row < terminal.rows(); row++) {
                all.append(terminal.line(row).text(0, terminal.columns()).stripTrailing())
                        .append('\n');
            }
        }
        return all.toString();
    }

    private static void await(String what, BooleanSupplier holds) throws InterruptedException {
        long end = System.currentTimeMillis() + 40_000;
        while (!holds.getAsBoolean()) {
            if (System.currentTimeMillis() > end) {
                throw new AssertionError("never came: " + what);
            }
            Thread.sleep(25);
        }
    }

    // ---- doubles

    private SessionDirectory directory() {
        Container container = (Container) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Container.class},
                (proxy, method, arguments) -> shell((ExecSpec) arguments[0]));
        return (SessionDirectory) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {SessionDirectory.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "sessions" -> List.of(SESSION);
                    case "container" -> container;
                    case "user" -> "berth";
                    case "environment" -> Map.of("PS1", "ready$ ", "LC_ALL", "C.UTF-8");
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** A shell on a pseudo-terminal of this host; {@code script} gives it one. */
    private ContainerProcess shell(ExecSpec spec) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", "exec /bin/bash --norc --noprofile", "/dev/null");
        builder.environment().clear();
        builder.environment().putAll(spec.environment());
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("BASH_SILENCE_DEPRECATION_WARNING", "1");
        Process process = builder.redirectErrorStream(true).start();
        started.add(process);
        return new ContainerProcess() {
            @Override
            public OutputStream stdin() {
                return process.getOutputStream();
            }

            @Override
            public InputStream stdout() {
                return process.getInputStream();
            }

            @Override
            public InputStream stderr() {
                return InputStream.nullInputStream();
            }

            @Override
            public int waitFor() throws InterruptedException {
                return process.waitFor();
            }

            @Override
            public void resize(TerminalSize size) {
                sizes.add(size);
            }

            @Override
            public void signal(dev.berth.api.engine.Signal signal) {}

            @Override
            public void close() {
                process.destroy();
            }
        };
    }

    private static SettingsValues values() {
        return new SettingsValues() {
            @Override
            public Map<String, Object> page(String page) {
                return Map.of("fontSize", 12L);
            }

            @Override
            public Registration onChange(String page, java.util.function.Consumer<Map<String, Object>> listener) {
                return () -> {};
            }
        };
    }

    private ToolWindowContext context() {
        return new ToolWindowContext() {
            @Override
            public CommandContext commands() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void reveal() {}

            @Override
            public void badge(String text) {}

            @Override
            public void onClose(Registration resource) {
                resources.add(resource);
            }
        };
    }
}
