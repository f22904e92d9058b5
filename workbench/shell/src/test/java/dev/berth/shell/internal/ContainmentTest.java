/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.session.SessionState;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.command.Command;
import dev.berth.api.ui.command.CommandContext;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.settings.SettingsPage;
import dev.berth.api.ui.settings.SettingsSchema;
import dev.berth.api.ui.status.StatusItem;
import dev.berth.api.ui.status.StatusWidget;
import dev.berth.api.ui.toolwindow.ToolWindowSide;
import dev.berth.plugins.InstalledPlugin.State;
import dev.berth.shell.internal.model.CommandRegistry;
import dev.berth.shell.internal.model.ToolWindowEntry;
import java.awt.Dimension;
import java.awt.Graphics;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Plugins that do in the window all that they should not: it stays usable, and says who it was. */
class ContainmentTest extends WindowTest {

    private static final String BAD = "org.example.bad";

    @Override
    protected void prepare() {
        typeFast();
        plugins.put(PluginsDouble.info(BAD, "1.0.0", "Bad", "", ""), State.RUNNING, "", false);
    }

    /** What the classes of this test that stand for a plugin's have in their names. */
    private void blameThisTest() {
        contributed
                .conduct()
                .origin(frame -> frame.getClassName().contains("Culprit") ? Optional.of(BAD) : Optional.empty());
    }

    private void tool(String id, Supplier<JComponent> content) {
        workbench.addToolWindow(
                new ToolWindowEntry(id, "Tool", "", ToolWindowSide.RIGHT, 1000, true, BAD, it -> content.get()));
    }

    private boolean placeholderNames() {
        return sees("placeholder") && window.label("placeholder").text().contains(BAD);
    }

    private void stillWorks() throws Exception {
        sessions.put("runs-on", SessionState.RUNNING);
        await("the session", () -> sessionsListed() == 1);
        window.button("recipe.start.debian-xfce").requireEnabled();
        assertThat(sessions.state("runs-on")).isEqualTo(SessionState.RUNNING);
    }

    /** What comes sooner counts as the same mishap. */
    private void aMomentLater() {
        await(
                "another moment",
                () -> contributed
                        .conduct()
                        .of(BAD)
                        .filter(history -> System.nanoTime() - history.latest() > 600_000_000L)
                        .isPresent());
    }

    private boolean told(String words) {
        return robot.finder().findAll(c -> c.isShowing()).stream()
                .map(c -> c instanceof javax.swing.text.JTextComponent text
                        ? text.getText()
                        : c instanceof JLabel label ? label.getText() : "")
                .anyMatch(text -> text != null && text.contains(words));
    }

    @Test
    void whatFailsAsItIsPaintedMeasuredOrLaidOutIsReplacedByItsPluginsName() throws Exception {
        AtomicBoolean armed = new AtomicBoolean();
        tool("org.example.paints", () -> new PaintsUntil(armed));
        await("the tool window", () -> sees("paints"));
        armed.set(true);
        Edt.runLater(() -> robot.finder().findByName("paints").repaint());
        await("the placeholder", this::placeholderNames);
        aMomentLater();
        tool("org.example.throws", () -> {
            throw new AssertionError("from create");
        });
        await("the second", () -> sees("toolwindow.org.example.throws") && placeholderNames());
        aMomentLater();
        tool("org.example.measures", Measures::new);
        await("the third", () -> sees("toolwindow.org.example.measures") && placeholderNames());
        await("it is switched off", () -> plugins.state(BAD) == State.DISABLED);
        await("it is told", () -> told(BAD + " was switched off"));
        picture("switched-off-light");
        stillWorks();
    }

    /** Paints until it is told to fail. */
    private static final class PaintsUntil extends JPanel {
        private final transient AtomicBoolean armed;

        PaintsUntil(AtomicBoolean armed) {
            this.armed = armed;
            setName("paints");
        }

        @Override
        protected void paintComponent(Graphics g) {
            if (armed.get()) {
                throw new IllegalStateException("from paint");
            }
            super.paintComponent(g);
        }
    }

    /** Cannot be laid out. */
    private static final class Measures extends JPanel {
        @Override
        public Dimension getPreferredSize() {
            throw new StackOverflowError("from layout");
        }

        @Override
        public void doLayout() {
            throw new StackOverflowError("from layout");
        }
    }

    @Test
    void commandsPagesWidgetsAndListenersThatThrowAreLeftOutAndCounted() throws Exception {
        blameThisTest();
        Edt.runLater(new CulpritThatThrows());
        await("it is known", () -> contributed.conduct().of(BAD).isPresent());
        assertThat(contributed.conduct().of(BAD).orElseThrow().last()).contains("from a listener");
        Registration command = contributed
                .commands()
                .add(new CommandRegistry.Entry("org.example.run", "Run", "", "", "tools", 1, BAD, new Command() {
                    @Override
                    public void run(CommandContext context) {
                        throw new AssertionError("from run");
                    }
                }));
        CommandContext nobody = (CommandContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CommandContext.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        Edt.runAndWait(() -> {
            for (int i = 0; i < 50; i++) {
                contributed
                        .commands()
                        .run(
                                "org.example.run",
                                nobody,
                                broken -> assertThat(broken).hasMessage(BAD));
            }
        });
        assertThat(contributed.conduct().of(BAD).orElseThrow().mishaps())
                .as("one click is one mishap, however often it asks")
                .isLessThan(10);
        command.close();
        contributed
                .pages()
                .add(
                        new SettingsPage() {
                            @Override
                            public SettingsSchema schema() {
                                throw new IllegalStateException("from schema");
                            }
                        },
                        BAD);
        contributed
                .status()
                .add(
                        new StatusWidget() {
                            @Override
                            public String id() {
                                return "org.example.widget";
                            }

                            @Override
                            public StatusItem item() {
                                throw new NoClassDefFoundError("from item");
                            }

                            @Override
                            public Registration onChange(Runnable listener) {
                                return () -> {
                                    throw new IllegalStateException("from close");
                                };
                            }
                        },
                        BAD);
        assertThat(contributed.pages().all()).extracting(page -> page.owner()).doesNotContain(BAD);
        assertThat(contributed.status().items()).isEmpty();
        stillWorks();
    }

    @Test
    @Tag("long")
    void aPluginThatHoldsTheEventThreadIsInterruptedAndSwitchedOff() throws Exception {
        blameThisTest();
        CountDownLatch inside = new CountDownLatch(1);
        Edt.runLater(new CulpritThatBlocks(inside));
        inside.await();
        await("it is switched off", () -> plugins.state(BAD) == State.DISABLED);
        await("it is told", () -> told(BAD + " was switched off"));
        stillWorks();
    }

    private record CulpritThatBlocks(CountDownLatch inside) implements Runnable {
        @Override
        public void run() {
            inside.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class CulpritThatThrows implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("from a listener");
        }
    }
}
