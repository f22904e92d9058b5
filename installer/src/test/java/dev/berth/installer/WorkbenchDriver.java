/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.awt.Component;
import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.datatransfer.DataFlavor;
import java.awt.datatransfer.StringSelection;
import java.awt.datatransfer.UnsupportedFlavorException;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JList;
import javax.swing.SwingUtilities;
import org.assertj.swing.core.BasicRobot;
import org.assertj.swing.core.Robot;
import org.assertj.swing.finder.WindowFinder;
import org.assertj.swing.fixture.FrameFixture;

/**
 * Runs the whole of Berth in this process, as its start script does, and works in its window as a person would. Says on stdout
 * what it has done, for {@link WorkbenchAcceptanceTest}. Arguments: which day's work, a file for a picture of the window, and the arguments
 * of Berth.
 */
final class WorkbenchDriver {

    private static final int DRAWN_COLOURS = 300;

    private final Robot robot;
    private final FrameFixture window;

    private WorkbenchDriver(Robot robot) {
        this.robot = robot;
        window =
                WindowFinder.findFrame("berth").withTimeout(2, TimeUnit.MINUTES).using(robot);
    }

    public static void main(String[] arguments) throws Exception {
        Robot robot = BasicRobot.robotWithCurrentAwtHierarchy();
        robot.settings().delayBetweenEvents(30);
        Thread launcher = new Thread(() -> launch(Arrays.copyOfRange(arguments, 2, arguments.length)), "berth-main");
        launcher.setDaemon(true);
        launcher.start();
        try {
            WorkbenchDriver driver = new WorkbenchDriver(robot);
            if (arguments[0].equals("first")) {
                driver.firstDay(new File(arguments[1]));
            } else {
                driver.secondDay();
            }
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** By name, because the launcher's class is no part of this module's interface. Ends this process with Berth's exit code. */
    private static void launch(String[] arguments) {
        try {
            Class.forName("dev.berth.launcher.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) arguments);
        } catch (ReflectiveOperationException e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void firstDay(File picture) throws Exception {
        Component canvas = drawnDesktop();
        awaitQuiet(canvas);
        say("shown");
        openTerminal(canvas);
        type("echo typed-$((6*7)) > ~/typed");
        paste("Host \u00c4\u20ac\ud83d\udea2");
        type("printf 'Guest \\303\\204\\342\\202\\254\\360\\237\\232\\242\\n'");
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_SHIFT, KeyEvent.VK_A);
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_SHIFT, KeyEvent.VK_C);
        await("what was copied in the guest", () -> clipboard().contains("Guest \u00c4\u20ac\ud83d\udea2"));
        say("copied");
        ImageIO.write(capture(window.target()), "png", picture);

        Dimension before = pictureSize(canvas);
        robot.waitForIdle();
        window.resizeTo(new Dimension(1000, 700));
        await(
                "another size of the desktop",
                () -> !pictureSize(canvas).equals(before) && pictureSize(canvas).equals(canvas.getSize()));
        say("resized " + canvas.getWidth() + "x" + canvas.getHeight());
        answer();

        withKeysOnly();
        say("walked");
        answer();
        window.close();
        WindowFinder.findDialog("close.dialog").using(robot);
        press(button("Keep running"));
        ends();
    }

    /** Reattaches, stops the desktop and starts it again. */
    private void secondDay() throws Exception {
        long begin = System.nanoTime();
        Component canvas = drawnDesktop();
        say("joined " + (System.nanoTime() - begin) / 1_000_000);
        command("Stop Session");
        await("the message", () -> sees("message.start"));
        say("stopped");
        command("Start Session");
        await(
                "the desktop again",
                () -> desktop().isPresent() && !canvas.equals(desktop().get()));
        say("started");
        answer();
        window.close();
        WindowFinder.findDialog("close.dialog").using(robot);
        press(button("Keep running"));
        ends();
    }

    /** A snapshot, a terminal and another theme without the mouse. */
    private void withKeysOnly() throws Exception {
        command("Take Snapshot");
        await("the question", () -> sees("name.field"));
        robot.enterText("walk");
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await("the snapshot", () -> sees("balloon.text"));
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_SHIFT, KeyEvent.VK_T);
        await(
                "the terminal",
                () -> robot.finder()
                                .findAll(c -> "terminal".equals(c.getName()) && c.isFocusOwner())
                                .size()
                        == 1);
        type("echo keys > /tmp/keys");
        command("Theme: Berth Dark");
        await(
                "the dark theme",
                () -> ((JFrame) window.target())
                                .getContentPane()
                                .getBackground()
                                .getRed()
                        < 100);
    }

    private Component drawnDesktop() throws InterruptedException {
        // Its image may have to be made first.
        await("the desktop in its tab", 15, () -> desktop().isPresent());
        Component canvas = desktop().orElseThrow();
        await("a drawn desktop", () -> colours(canvas) > DRAWN_COLOURS);
        return canvas;
    }

    private void openTerminal(Component canvas) throws InterruptedException {
        robot.click(canvas, new Point(canvas.getWidth() / 2, canvas.getHeight() / 3));
        BufferedImage before = capture(canvas);
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_ALT, KeyEvent.VK_T);
        await("a terminal in the desktop", () -> changed(before, capture(canvas)) > 20_000);
        awaitQuiet(canvas);
    }

    private void type(String line) {
        robot.enterText(line);
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
    }

    /** Copies on this side and pastes into a file of the guest. */
    private void paste(String text) {
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_ALT, KeyEvent.VK_SHIFT, KeyEvent.VK_G);
        Toolkit.getDefaultToolkit().getSystemClipboard().setContents(new StringSelection(text), null);
        Component canvas = desktop().orElseThrow();
        robot.click(canvas, new Point(canvas.getWidth() / 2, canvas.getHeight() / 2));
        type("cat > ~/pasted");
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_SHIFT, KeyEvent.VK_V);
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        press(KeyEvent.VK_CONTROL, KeyEvent.VK_D);
    }

    private static String clipboard() {
        try {
            return String.valueOf(
                    Toolkit.getDefaultToolkit().getSystemClipboard().getData(DataFlavor.stringFlavor));
        } catch (UnsupportedFlavorException | IOException | IllegalStateException e) {
            return "";
        }
    }

    /** Runs a command by its title, from the palette. */
    private void command(String title) throws InterruptedException {
        await("the palette", this::opensPalette);
        robot.enterText(title);
        JList<?> found = robot.finder().findByName("palette.list", JList.class);
        await(
                title,
                () -> found.getModel().getSize() > 0
                        && found.getModel().getElementAt(0).toString().contains(title));
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        await("the palette's end", () -> !sees("palette.field"));
    }

    /** A desktop that has just come may take the keyboard in between: then the keys were the guest's, and are pressed again. */
    private boolean opensPalette() {
        if (!sees("palette.field")) {
            if (desktop().filter(Component::isFocusOwner).isPresent()) {
                press(KeyEvent.VK_CONTROL, KeyEvent.VK_ALT, KeyEvent.VK_SHIFT, KeyEvent.VK_G);
            }
            press(KeyEvent.VK_CONTROL, KeyEvent.VK_SHIFT, KeyEvent.VK_P);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (System.nanoTime() < end) {
            if (sees("palette.field")
                    && robot.finder().findByName("palette.field").isFocusOwner()) {
                return true;
            }
            robot.waitForIdle();
        }
        return false;
    }

    private void press(int... keys) {
        for (int key : keys) {
            robot.pressKey(key);
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            robot.releaseKey(keys[i]);
        }
        robot.waitForIdle();
    }

    private void press(JButton button) {
        SwingUtilities.invokeLater(() -> button.doClick(0));
    }

    private JButton button(String words) {
        return (JButton) robot.finder()
                .find(c -> c instanceof JButton button && words.equals(button.getText()) && button.isShowing());
    }

    private boolean sees(String name) {
        return !robot.finder()
                .findAll(c -> name.equals(c.getName()) && c.isShowing())
                .isEmpty();
    }

    private static void say(String what) {
        System.out.println(what);
    }

    /** Waits until the test, which looks into the session, has seen enough. */
    private static void answer() throws IOException {
        if (System.in.read() < 0) {
            throw new IllegalStateException("the test has gone");
        }
    }

    private static void ends() throws InterruptedException {
        Thread.sleep(TimeUnit.MINUTES.toMillis(1));
        throw new IllegalStateException("Berth does not end when its window is closed");
    }

    /** By name, because the canvas comes from a bundle. */
    private static Dimension pictureSize(Component canvas) {
        try {
            return (Dimension) canvas.getClass().getMethod("pictureSize").invoke(canvas);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Component> desktop() {
        return robot
                .finder()
                .findAll(c -> "desktop".equals(c.getName()) && c.isShowing() && c.getWidth() > 100)
                .stream()
                .findFirst();
    }

    private static BufferedImage capture(Component component) {
        try {
            return new java.awt.Robot()
                    .createScreenCapture(new Rectangle(component.getLocationOnScreen(), component.getSize()));
        } catch (java.awt.AWTException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int colours(Component component) {
        BufferedImage image = capture(component);
        Set<Integer> all = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 2) {
            for (int x = 0; x < image.getWidth(); x += 2) {
                all.add(image.getRGB(x, y));
            }
        }
        return all.size();
    }

    private static int changed(BufferedImage one, BufferedImage other) {
        int count = 0;
        for (int y = 0; y < Math.min(one.getHeight(), other.getHeight()); y++) {
            for (int x = 0; x < Math.min(one.getWidth(), other.getWidth()); x++) {
                count += one.getRGB(x, y) == other.getRGB(x, y) ? 0 : 1;
            }
        }
        return count;
    }

    /** Waits until the picture has hardly changed for three seconds: a caret may blink, a clock may go on. */
    private static void awaitQuiet(Component component) throws InterruptedException {
        BufferedImage last = capture(component);
        for (int quiet = 0; quiet < 3; ) {
            Thread.sleep(1000);
            BufferedImage now = capture(component);
            quiet = changed(last, now) < 1000 ? quiet + 1 : 0;
            last = now;
        }
    }

    private static void await(String what, BooleanSupplier holds) throws InterruptedException {
        await(what, 2, holds);
    }

    private static void await(String what, int minutes, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never came: " + what);
            }
            Thread.sleep(200);
        }
    }
}
