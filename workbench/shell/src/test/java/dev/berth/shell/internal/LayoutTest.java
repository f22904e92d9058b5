/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.session.SessionState;
import dev.berth.api.ui.edt.Edt;
import dev.berth.canvas.DesktopCanvas;
import java.awt.Component;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.swing.JList;
import javax.swing.JTabbedPane;
import org.assertj.swing.core.MouseButton;
import org.assertj.swing.finder.WindowFinder;
import org.junit.jupiter.api.Test;

/** Tabs beside each other, in windows of their own, pinned, and there again the next time. */
class LayoutTest extends WindowTest {

    @Override
    protected void prepare() {
        typeFast();
    }

    @Test
    void tabsSplitTearOffAndComeBack() throws Exception {
        for (String name : List.of("one", "two", "three")) {
            sessions.put(name, SessionState.RUNNING);
            workbench.open(List.of(name));
            await(name, () -> titles().contains(name));
        }
        await("three desktops", () -> canvases() == 3);
        xvnc.start("xlogo", "-geometry", "300x300+60+60");
        run("Split to the Right");
        await("two areas", () -> areas().size() == 2);
        select("two");
        run("Split Below");
        await("three areas", () -> areas().size() == 3);
        assertThat(titles()).containsExactlyInAnyOrder("Welcome", "one", "two", "three");
        picture("split-light");

        // By mouse: "two" goes among the tabs of "three".
        JTabbedPane from = holder("two");
        JTabbedPane to = holder("three");
        robot.pressMouse(centre(from, "two"), MouseButton.LEFT_BUTTON);
        Point target = centre(to, "three");
        robot.moveMouse(target.x - 40, target.y);
        robot.moveMouse(target.x, target.y);
        robot.releaseMouse(MouseButton.LEFT_BUTTON);
        await("two areas again", () -> areas().size() == 2 && holder("two").equals(holder("three")));

        select("one");
        run("Move Tab to Its Own Window");
        Component torn = WindowFinder.findFrame("torn").using(robot).target();
        await("its desktop", () -> torn.isShowing() && torn.getWidth() > 300);
        Edt.runAndWait(torn::requestFocus);
        await("its focus", ((Window) torn)::isFocused);
        run("Move Tab to Its Own Window");
        await("back again", () -> !torn.isShowing() && holder("one").getTabCount() > 0);

        select("two");
        run("Pin or Unpin Tab");
        select("three");
        run("Close Other Tabs");
        await("two tabs", () -> titles().size() == 2);
        assertThat(titles()).containsExactlyInAnyOrder("two", "three");
    }

    @Test
    void theLayoutIsThereAgainAndRunningSessionsAreJoined() throws Exception {
        sessions.put("left", SessionState.RUNNING);
        sessions.put("right", SessionState.RUNNING);
        workbench.open(List.of("left", "right"));
        await("both", () -> canvases() == 2);
        run("Split to the Right");
        await("two areas", () -> areas().size() == 2);
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_ALT, KeyEvent.VK_SHIFT, KeyEvent.VK_G);
        click(window.toggleButton("stripe.dev.berth.problems"));
        await("the problems", () -> sees("problems"));
        Rectangle before = window.target().getBounds();
        closeWindow();
        assertThat(settings.page("layout").toString()).contains("session:id-left", "session:id-right");

        openWindow();
        await("both again", () -> canvases() == 2 && areas().size() == 2);
        assertThat(titles()).containsExactlyInAnyOrder("Welcome", "left", "right");
        await("the problems again", () -> sees("problems"));
        assertThat(window.target().getWidth()).isEqualTo(before.width);
        run("Reset Layout");
        await("one area", () -> areas().size() == 1 && !sees("problems"));
    }

    private void run(String title) {
        if (robot.finder().findAll(DesktopCanvas.class::isInstance).stream().anyMatch(Component::isFocusOwner)) {
            press(KeyEvent.VK_CONTROL, KeyEvent.VK_ALT, KeyEvent.VK_SHIFT, KeyEvent.VK_G);
        }
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_SHIFT, KeyEvent.VK_P);
        await(
                "the palette",
                () -> sees("palette.field")
                        && robot.finder().findByName("palette.field").isFocusOwner());
        robot.enterText(title);
        JList<?> found = robot.finder().findByName("palette.list", JList.class);
        await(
                title,
                () -> found.getModel().getSize() > 0
                        && found.getModel().getElementAt(0).toString().contains(title));
        press(KeyEvent.VK_ENTER);
        await("closed", () -> !sees("palette.field"));
        robot.waitForIdle();
    }

    private int canvases() {
        return robot.finder().findAll(DesktopCanvas.class::isInstance).size();
    }

    private List<JTabbedPane> areas() {
        Collection<Component> all =
                robot.finder().findAll(c -> "tabs".equals(c.getName()) && c instanceof JTabbedPane && c.isShowing());
        return all.stream().map(JTabbedPane.class::cast).toList();
    }

    private List<String> titles() {
        List<String> titles = new ArrayList<>();
        for (JTabbedPane area : areas()) {
            for (int i = 0; i < area.getTabCount(); i++) {
                titles.add(area.getTitleAt(i));
            }
        }
        return titles;
    }

    private JTabbedPane holder(String title) {
        return areas().stream()
                .filter(area -> area.indexOfTab(title) >= 0)
                .findFirst()
                .orElseThrow();
    }

    private static Point centre(JTabbedPane area, String title) {
        Rectangle tab = area.getBoundsAt(area.indexOfTab(title));
        Point origin = area.getLocationOnScreen();
        return new Point(origin.x + tab.x + 24, origin.y + tab.y + tab.height / 2);
    }

    private void select(String title) {
        JTabbedPane area = holder(title);
        robot.click(centre(area, title), MouseButton.LEFT_BUTTON, 1);
        await(title, () -> title.equals(area.getTitleAt(area.getSelectedIndex())));
    }
}
