/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.error.DisplayException;
import dev.berth.api.session.SessionState;
import dev.berth.canvas.DesktopCanvas;
import dev.berth.sessions.SessionDisplay;
import java.awt.Point;
import java.awt.event.KeyEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the window tells in passing, and looking at a desktop without touching it. */
class NoticesTest extends WindowTest {

    @Override
    protected void prepare() {
        typeFast();
    }

    @Test
    void whatHappenedIsToldOnceAndKept() throws Exception {
        Path typed = folder.resolve("typed");
        xvnc.start("xterm", "-geometry", "80x24+0+0", "-e", "sh", "-c", "read -r line; echo \"$line\" > " + typed);
        sessions.put("one", SessionState.RUNNING);
        workbench.open(List.of("one"));
        DesktopCanvas canvas = desktop();
        awaitFocus(canvas);
        click(window.toggleButton("toolbar.viewOnly"));
        robot.click(canvas, new Point(120, 120));
        robot.enterText("lost");
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        click(window.toggleButton("toolbar.viewOnly"));
        robot.click(canvas, new Point(120, 120));
        awaitFocus(canvas);
        robot.enterText("kept");
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await("what was typed", () -> Files.exists(typed) && read(typed).endsWith("\n"));
        assertThat(read(typed)).isEqualTo("kept\n");

        click(window.button("toolbar.screenshot"));
        window.menuItem("screenshot.clipboard").click();
        await("the balloon", () -> sees("balloon"));
        assertThat(window.textBox("balloon.text").text()).isEqualTo("Screenshot copied");
        picture("balloon-light");
        click(window.button("balloon.close"));
        await("it is gone", () -> !sees("balloon"));
        click(window.toggleButton("stripe.dev.berth.notices"));
        await("the history", () -> sees("notice.text"));
        assertThat(window.label("notice.text").text()).isEqualTo("Screenshot copied");
        picture("notices-light");
    }

    @Test
    void aBrokenConnectionIsToldAboveTheGreyPicture() throws Exception {
        xvnc.run("xsetroot", "-solid", "#804000");
        sessions.put("one", SessionState.RUNNING);
        workbench.open(List.of("one"));
        DesktopCanvas canvas = desktop();
        awaitFocus(canvas);
        await("the connection", () -> sessions.link != null);
        SessionDisplay.LinkListener link = Objects.requireNonNull(sessions.link);
        link.away(new DisplayException("display.lost", "The display server closed the connection.", null));
        await("the strip", () -> sees("away"));
        assertThat(window.label("away.text").text()).startsWith("The display server closed the connection. ");
        picture("away-light");
        click(window.button("away.reconnect"));
        await("it is gone", () -> !sees("away"));
        link.away(new DisplayException("display.lost", "The display server closed the connection.", null));
        link.back();
        assertThat(sees("away")).as("a short break").isFalse();
    }
}
