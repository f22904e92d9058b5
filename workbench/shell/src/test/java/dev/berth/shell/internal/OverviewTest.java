/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.session.SessionState;
import dev.berth.api.ui.edt.Edt;
import dev.berth.canvas.DesktopCanvas;
import dev.berth.canvas.ScaleMode;
import dev.berth.shell.internal.settings.Preferences;
import java.awt.Component;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import javax.swing.JTabbedPane;
import org.assertj.swing.edt.GuiActionRunner;
import org.junit.jupiter.api.Test;

/** All sessions as tiles that move, and small pictures of tabs. */
class OverviewTest extends WindowTest {

    @Override
    protected void prepare() throws Exception {
        typeFast();
        settings.update(Preferences.DESKTOP, Map.of("mode", ScaleMode.FIT.name()));
    }

    @Test
    void tilesAreLiveAndCanBeUsedWithoutAMouse() throws Exception {
        xvnc.start("xterm", "-geometry", "110x40+0+0", "-e", "sh", "-c", "ls -l /usr/bin | head -60; sleep 100");
        sessions.put("build", SessionState.RUNNING);
        sessions.put("debian-xfce-1", SessionState.STOPPED);
        sessions.put("experiment", SessionState.RUNNING);
        sessions.put("old", SessionState.FAILED);
        workbench.open(List.of("experiment"));
        DesktopCanvas canvas = desktop();
        assertThat(canvas.mode()).as("the mode that the settings name").isEqualTo(ScaleMode.FIT);
        awaitFocus(canvas);
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_ALT, KeyEvent.VK_SHIFT, KeyEvent.VK_G);
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_SHIFT, KeyEvent.VK_O);
        await("the tiles", () -> sees("tile.build") && sees("tile.old") && !canvas.isShowing());
        // One tile has a tab behind it, the other joined by itself: both follow the screen.
        await(
                "both pictures",
                () -> robot.finder()
                                .findAll(c -> "tile.live".equals(c.getName()))
                                .size()
                        == 2);
        picture("overview-light");
        xvnc.run("xsetroot", "-solid", "#20c040");
        xvnc.start("xlogo", "-geometry", "800x600+0+0", "-bg", "#20c040", "-fg", "#20c040");
        await("green", () -> isGreen("tile.build") && isGreen("tile.experiment"));
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.dark", true));
        picture("overview-dark");
        Edt.runAndWait(() -> themes.apply("dev.berth.theme.light", false));

        await("the first tile's focus", () -> focused("tile.build"));
        press(KeyEvent.VK_RIGHT);
        await("the second's", () -> focused("tile.debian-xfce-1"));
        press(KeyEvent.VK_RIGHT);
        await("the third's", () -> focused("tile.experiment"));
        press(KeyEvent.VK_ENTER);
        awaitFocus(canvas);
        assertThat(sees("overview")).isFalse();
    }

    @Test
    void aTabShowsItsPictureToAPointerThatRests() throws Exception {
        xvnc.start("xterm", "-geometry", "110x40+0+0", "-e", "sh", "-c", "ls -l /usr/bin | head -60; sleep 100");
        sessions.put("one", SessionState.RUNNING);
        workbench.open(List.of("one"));
        desktop();
        JTabbedPane tabs = (JTabbedPane) robot.finder().findByName("tabs", true);
        Edt.runAndWait(() -> tabs.setSelectedIndex(0));
        Rectangle at = Edt.callAndWait(() -> tabs.getBoundsAt(1));
        robot.moveMouse(tabs, new Point(at.x + 20, at.y + at.height / 2));
        robot.moveMouse(tabs, new Point(at.x + 24, at.y + at.height / 2));
        await("the picture", () -> sees("tab.picture"));
        picture("hover-light");
    }

    private boolean focused(String name) {
        return robot.finder().findAll(c -> name.equals(c.getName())).stream().anyMatch(Component::isFocusOwner);
    }

    private BufferedImage tilePicture(String name) {
        Component tile = robot.finder().findByName(name);
        return GuiActionRunner.execute(() -> {
            BufferedImage image = new BufferedImage(tile.getWidth(), tile.getHeight(), BufferedImage.TYPE_INT_RGB);
            tile.paint(image.getGraphics());
            return image.getSubimage(24, 24, tile.getWidth() - 48, 120);
        });
    }

    private boolean isGreen(String name) {
        BufferedImage image = tilePicture(name);
        return (image.getRGB(image.getWidth() / 2, image.getHeight() / 2) & 0xffffff) == 0x20c040;
    }
}
