/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.awt.Component;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.io.File;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import org.assertj.swing.core.BasicRobot;
import org.assertj.swing.core.Robot;
import org.assertj.swing.finder.WindowFinder;
import org.assertj.swing.fixture.FrameFixture;

/**
 * Runs the whole of Berth in this process, as its start script does, and works in its window as a person would. Says on stdout
 * what it has done, for {@link WorkbenchAcceptanceTest}. Arguments: the file for a picture of the window, what to type into the
 * desktop's terminal, and the arguments of Berth.
 */
final class WorkbenchDriver {

    private static final int DRAWN_COLOURS = 300;

    private WorkbenchDriver() {}

    public static void main(String[] arguments) throws Exception {
        String[] berth = new String[arguments.length - 2];
        System.arraycopy(arguments, 2, berth, 0, berth.length);
        Robot robot = BasicRobot.robotWithCurrentAwtHierarchy();
        robot.settings().delayBetweenEvents(30);
        Thread launcher = new Thread(() -> launch(berth), "berth-main");
        launcher.setDaemon(true);
        launcher.start();
        try {
            work(robot, new File(arguments[0]), arguments[1]);
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

    private static void work(Robot robot, File picture, String text) throws Exception {
        FrameFixture window =
                WindowFinder.findFrame("berth").withTimeout(2, TimeUnit.MINUTES).using(robot);
        await("the desktop in its tab", () -> canvas(robot).isPresent());
        Component canvas = canvas(robot).orElseThrow();
        await("a drawn desktop", () -> colours(canvas) > DRAWN_COLOURS);
        awaitQuiet(canvas);
        System.out.println("shown");

        robot.click(canvas, new Point(canvas.getWidth() / 2, canvas.getHeight() / 3));
        BufferedImage before = capture(canvas);
        robot.pressKey(KeyEvent.VK_CONTROL);
        robot.pressKey(KeyEvent.VK_ALT);
        robot.pressAndReleaseKeys(KeyEvent.VK_T);
        robot.releaseKey(KeyEvent.VK_ALT);
        robot.releaseKey(KeyEvent.VK_CONTROL);
        await("a terminal in the desktop", () -> changed(before, capture(canvas)) > 20_000);
        awaitQuiet(canvas);
        robot.enterText(text);
        robot.pressAndReleaseKeys(KeyEvent.VK_ENTER);
        awaitQuiet(canvas);
        System.out.println("typed");
        ImageIO.write(capture(window.target()), "png", picture);

        // The test looks into the session now; it says when it has seen enough.
        if (System.in.read() < 0) {
            throw new AssertionError("the test has gone");
        }
        window.close();
        WindowFinder.findDialog("close.dialog").using(robot);
        robot.click(robot.finder()
                .find(component -> component instanceof javax.swing.JButton button
                        && "Keep running".equals(button.getText())
                        && button.isShowing()));
        Thread.sleep(TimeUnit.MINUTES.toMillis(1));
        throw new AssertionError("Berth does not end when its window is closed");
    }

    private static Optional<Component> canvas(Robot robot) {
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
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(15);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("never came: " + what);
            }
            Thread.sleep(200);
        }
    }
}
