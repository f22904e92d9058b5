/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.api.session.SessionState;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.settings.Setting;
import dev.berth.api.ui.settings.SettingsSchema;
import dev.berth.shell.internal.model.CommandRegistry;
import java.awt.event.KeyEvent;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import javax.swing.JComboBox;
import javax.swing.JList;
import javax.swing.UIManager;
import javax.swing.text.JTextComponent;
import org.assertj.swing.data.TableCell;
import org.assertj.swing.finder.WindowFinder;
import org.assertj.swing.fixture.DialogFixture;
import org.junit.jupiter.api.Test;

/** Everything by keys: the palette, shortcuts of one's own, settings that count at once. */
class CommandsAndSettingsTest extends WindowTest {

    @Override
    protected void prepare() {
        typeFast();
    }

    @Test
    void thePaletteFindsCommandsSessionsRecipesAndSettings() throws Exception {
        sessions.put("experiment", SessionState.STOPPED);
        await("the session", () -> sessionsListed() == 1);
        DialogFixture palette = palette();
        palette.textBox("palette.field").enterText("thdark");
        await("the theme first", () -> first().contains("Dark"));
        picture("palette-light");
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await("the dark theme", () -> UIManager.getBoolean("laf.dark"));
        await(
                "saved",
                () -> "dev.berth.theme.dark".equals(settings.page("workbench").get("theme")));

        palette().textBox("palette.field").enterText("exper");
        await("the session", () -> first().equals("experiment"));
        picture("palette-dark");
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await("its tab", () -> sees("message.start"));

        palette().textBox("palette.field").enterText("start debian 12 min");
        await("the recipe", () -> first().equals("Start Debian 12, minimal"));
        robot.pressAndReleaseKeys(KeyEvent.VK_ESCAPE);
        await("closed", () -> !sees("palette.field"));

        robot.waitForIdle();
        java.awt.Robot fast = new java.awt.Robot();
        for (int i = 0; i < 2; i++) {
            fast.keyPress(KeyEvent.VK_SHIFT);
            fast.keyRelease(KeyEvent.VK_SHIFT);
        }
        await("opened by Shift twice", () -> sees("palette.field"));
        robot.enterText("accent");
        await("the setting", () -> first().startsWith("Accent"));
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await("the settings", () -> sees("control.accent"));
    }

    @Test
    void settingsCountAtOnceAndWrongOnesAreMarked() throws Exception {
        Edt.runAndWait(() -> contributed
                .pages()
                .add(
                        () -> new SettingsSchema(
                                "example",
                                "Example",
                                1000,
                                List.of(new Setting.Number("port", "Port", "Where it listens.", 5900, 1, 65535, ""))),
                        "com.example"));
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_COMMA);
        DialogFixture dialog = WindowFinder.findDialog("settings").using(robot);
        picture("settings-light");
        dialog.comboBox("control.theme").selectItem("Berth Dark");
        await("the dark theme", () -> UIManager.getBoolean("laf.dark"));
        picture("settings-dark");
        dialog.comboBox("control.theme").selectItem("Berth Light");
        dialog.textBox("control.accent").deleteText().enterText("#c04");
        await("marked", () -> sees("problem.accent"));
        assertThat(settings.page("workbench")).doesNotContainEntry("accent", "#c04");
        dialog.textBox("control.accent").enterText("0a0");
        await("no longer marked", () -> !sees("problem.accent"));
        await("saved", () -> "#c040a0".equals(settings.page("workbench").get("accent")));
        assertThat(Files.readString(settings.file("workbench"))).contains("#c040a0");
        dialog.textBox("control.accent").deleteText();

        dialog.textBox("settings.search").enterText("listens");
        await("the plugin's page", () -> sees("control.port"));
        dialog.textBox("control.port").deleteText().enterText("70000");
        await("marked", () -> sees("problem.port"));
        picture("settings-wrong");
        dialog.textBox("control.port").deleteText().enterText("5901");
        await("saved", () -> Long.valueOf(5901).equals(number("port")));
        robot.pressAndReleaseKeys(KeyEvent.VK_ESCAPE);
        await("closed", () -> !sees("settings.search"));
    }

    @Test
    void theEnginesPageShowsEachAndKeepsTheChoice() throws Exception {
        host.add(engine("good", "Good engine", 50, HostCheck.ok("x", "There.")));
        host.add(engine(
                "absent",
                "Absent engine",
                90,
                new HostCheck(
                        "x",
                        HostCheck.Status.MISSING,
                        "Its program is not installed.",
                        Remedy.command("Install it.", "true"))));
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_COMMA);
        DialogFixture dialog = WindowFinder.findDialog("settings").using(robot);
        dialog.tree("settings.tree").clickPath("Workbench/Engines");
        await("both", () -> sees("engine.good") && sees("engine.absent"));
        assertThat(dialog.panel("engine.good").textBox("engine.can").text()).isEqualTo("Can: freeze.");
        assertThat(dialog.panel("engine.good").textBox("engine.cannot").text()).contains("run systemd");
        assertThat(dialog.panel("engine.absent").textBox("engine.summary").text())
                .isEqualTo("Its program is not installed.");
        dialog.panel("engine.absent").button("engine.fix").requireText("Install it");
        JTextComponent cannot =
                dialog.panel("engine.good").textBox("engine.cannot").target();
        int line = Edt.callAndWait(() -> cannot.getFontMetrics(cannot.getFont()).getHeight());
        await("all its lines", () -> cannot.getHeight() >= 2 * line);
        picture("settings-engines");
        JComboBox<?> preferred = dialog.comboBox("control.preferred").target();
        int good = List.of(dialog.comboBox("control.preferred").contents()).indexOf("Good engine");
        // Not by the mouse: a list that pops up on a busy machine may miss it.
        Edt.runAndWait(() -> preferred.setSelectedIndex(good));
        await("saved", () -> "good".equals(settings.page("engines").get("preferred")));
    }

    private static ContainerEngine engine(String id, String title, int preference, HostCheck check) {
        boolean usable = check.status() == HostCheck.Status.OK;
        EngineReport report = new EngineReport(
                usable, "1", check.detail(), usable ? Set.of(EngineCapability.PAUSE) : Set.of(), List.of(check));
        return (ContainerEngine) Proxy.newProxyInstance(
                CommandsAndSettingsTest.class.getClassLoader(),
                new Class<?>[] {ContainerEngine.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "id" -> id;
                    case "title" -> title;
                    case "preference" -> preference;
                    case "probe" -> report;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void aShortcutIsChangedAndAConflictIsShown() throws Exception {
        CommandRegistry commands = contributed.commands();
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_COMMA);
        DialogFixture dialog = WindowFinder.findDialog("settings").using(robot);
        dialog.tree("settings.tree").clickPath("Workbench/Keyboard shortcuts");
        dialog.textBox("keys.filter").enterText("tasks");
        dialog.table("keys.table").selectCell(TableCell.row(0).column(0));
        dialog.textBox("keys.stroke").focus();
        press(KeyEvent.VK_ALT, KeyEvent.VK_1);
        await("the conflict", () -> dialog.label("keys.note").text().contains("Sessions"));
        picture("keys-conflict");
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_J);
        await("no conflict", () -> !dialog.label("keys.note").text().contains("Sessions"));
        assertThat(commands.find("toolwindow.dev.berth.tasks")
                        .map(commands::shortcut)
                        .orElseThrow()
                        .getKeyCode())
                .isEqualTo(KeyEvent.VK_J);
        robot.pressAndReleaseKeys(KeyEvent.VK_ESCAPE);
        robot.focus(window.target());
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_J);
        await("the tasks", () -> sees("tasks"));
        assertThat(Files.readString(settings.file("keys"))).contains("dev.berth.tasks");
    }

    private Object number(String key) {
        Object value = settings.page("example").get(key);
        return value instanceof Number number ? (Object) number.longValue() : String.valueOf(value);
    }

    private DialogFixture palette() {
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_SHIFT, KeyEvent.VK_P);
        return WindowFinder.findDialog("palette").withTimeout(30_000).using(robot);
    }

    private String first() {
        return robot.finder().findAll(c -> "palette.list".equals(c.getName()) && c.isShowing()).stream()
                .map(c -> ((JList<?>) c).getModel())
                .filter(model -> model.getSize() > 0)
                .map(model -> title(model.getElementAt(0)))
                .findFirst()
                .orElse("");
    }

    private static String title(Object row) {
        // A row is private to the palette; its text has the title after its kind.
        String text = String.valueOf(row);
        return text.substring(text.indexOf("title=") + 6, text.indexOf(", detail="));
    }
}
