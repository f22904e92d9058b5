/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.session.SessionState;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.toolwindow.ToolWindowSide;
import dev.berth.canvas.DesktopCanvas;
import dev.berth.shell.internal.model.ToolWindowEntry;
import java.awt.Dimension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkbenchTest extends WindowTest {

    @Test
    void welcomeOffersRecipesAndSessionsAreListed() throws Exception {
        window.button("recipe.start.debian-xfce").requireEnabled();
        await(
                "the empty list",
                () -> robot.finder()
                                .findAll(c -> "sessions.emptyTitle".equals(c.getName()) && c.isShowing())
                                .size()
                        == 1);
        picture("welcome-light");
        sessions.put("debian-xfce-1", SessionState.RUNNING);
        sessions.put("debian-xfce-2", SessionState.STOPPED);
        sessions.put("experiment", SessionState.FAILED);
        await("three sessions", () -> sessionsListed() == 3);
        window.tree("sessions.tree").selectRow(1);
        window.button("sessions.start").requireEnabled();
        window.button("sessions.stop").requireDisabled();
        picture("sessions-light");
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.dark", true));
        picture("sessions-dark");
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.contrast", true));
        picture("sessions-contrast");
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.light", false));
        assertThat(workbench.marks()).extracting("name").contains("windowShown", "windowPainted");
    }

    @Test
    void aStartShowsItsStepsAndThenTheDesktopThatTakesKeys() throws Exception {
        Path typed = folder.resolve("typed");
        xvnc.start("xterm", "-geometry", "80x24+0+0", "-e", "sh", "-c", "read -r line; echo \"$line\" > " + typed);
        window.button("recipe.start.debian-xfce").click();
        await("the download", () -> window.label("boot.amounts").text().contains("MiB"));
        picture("boot-light");
        click(window.toggleButton("boot.showLog"));
        picture("boot-log-light");
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.dark", true));
        picture("boot-dark");
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.light", false));
        sessions.mayFinish.release();
        DesktopCanvas canvas = desktop();
        awaitFocus(canvas);
        robot.click(canvas, new java.awt.Point(120, 120));
        robot.enterText("Hello, Berth_42?");
        robot.pressAndReleaseKeys(java.awt.event.KeyEvent.VK_ENTER);
        await("what was typed", () -> Files.exists(typed) && read(typed).endsWith("\n"));
        assertThat(read(typed)).isEqualTo("Hello, Berth_42?\n");
        xvnc.start("xterm", "-geometry", "90x26+40+60", "-e", "sh", "-c", "ls -l /usr | head -20; sleep 100");
        xvnc.start("xlogo", "-geometry", "220x220+640+80");
        Thread.sleep(800);
        picture("desktop-light");
    }

    @Test
    void theGuestFollowsTheWindow() throws Exception {
        sessions.put("follows", SessionState.RUNNING);
        workbench.open(List.of("follows"));
        DesktopCanvas canvas = desktop();
        Dimension wanted = Edt.callAndWait(canvas::deviceSize);
        await("the size of the view", () -> canvas.pictureSize().equals(wanted));
        window.resizeTo(new Dimension(1000, 640));
        await("the new size", () -> {
            Dimension now = canvas.deviceSize();
            return !now.equals(wanted) && canvas.pictureSize().equals(now);
        });
        assertThat(xvnc.run("xdpyinfo"))
                .contains(canvas.pictureSize().width + "x" + canvas.pictureSize().height + " pixels");
    }

    @Test
    void anErrorOffersItsRemedy() throws Exception {
        sessions.startFails = new BerthException(
                "engine.missing",
                ErrorKind.MISSING,
                "No container engine is installed on this computer.",
                "crun: not found\nrunc: not found",
                Remedy.installPackages("crun"),
                null);
        sessions.mayFinish.release();
        window.button("recipe.start.debian-minimal").click();
        await(
                "the message",
                () -> robot.finder()
                                .findAll(c -> "message.remedy".equals(c.getName()))
                                .size()
                        == 1);
        window.button("message.remedy").requireText("Install crun.");
        assertThat(window.textBox("message.text").text()).contains("No container engine");
        click(window.toggleButton("message.showDetail"));
        picture("error-light");
        click(window.button("message.close"));
        await("the Welcome tab", () -> sees("recipe.start.debian-minimal"));
    }

    @Test
    void aStoppedSessionIsOfferedToStartAgain() throws Exception {
        sessions.put("rests", SessionState.STOPPED);
        workbench.open(List.of("rests"));
        await(
                "the message",
                () -> robot.finder()
                                .findAll(c -> "message.start".equals(c.getName()))
                                .size()
                        == 1);
        picture("stopped-light");
        sessions.mayFinish.release();
        click(window.button("message.start"));
        desktop();
        Edt.runLater(() -> sessions.put("rests", SessionState.STOPPED));
        await(
                "stopped again",
                () -> robot.finder()
                                .findAll(c -> "message.start".equals(c.getName()))
                                .size()
                        == 1);
    }

    @Test
    void closingAsksWhatBecomesOfRunningSessions() throws Exception {
        sessions.put("runs", SessionState.RUNNING);
        await("the session", () -> sessionsListed() == 1);
        window.close();
        var dialog = window.dialog("close.dialog");
        picture("close-light");
        dialog.button(org.assertj.swing.core.matcher.JButtonMatcher.withText("Cancel"))
                .click();
        window.requireVisible();
        window.close();
        window.dialog("close.dialog")
                .button(org.assertj.swing.core.matcher.JButtonMatcher.withText("Stop it"))
                .click();
        workbench.awaitClosed();
        assertThat(sessions.state("runs")).isEqualTo(SessionState.STOPPED);
    }

    @Test
    void aBrokenToolWindowIsReplacedByAPlaceholder() throws Exception {
        workbench.addToolWindow(new ToolWindowEntry(
                "com.example.broken", "Broken", "", ToolWindowSide.RIGHT, 1000, true, "com.example", context -> {
                    throw new IllegalStateException("on purpose");
                }));
        await(
                "the placeholder",
                () -> robot.finder()
                                .findAll(c -> "placeholder".equals(c.getName()))
                                .size()
                        == 1);
        assertThat(window.label("placeholder").text()).contains("com.example");
        window.button("recipe.start.debian-xfce").requireEnabled();
    }
}
