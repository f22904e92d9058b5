/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.testkit.screen.VirtualScreen;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;
import javax.swing.SwingUtilities;
import org.assertj.swing.core.BasicRobot;
import org.assertj.swing.core.Robot;
import org.assertj.swing.edt.FailOnThreadViolationRepaintManager;
import org.assertj.swing.exception.ComponentLookupException;
import org.assertj.swing.fixture.AbstractButtonFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that drives a window with mouse and keys. Fails when Swing is used off its thread. */
@ExtendWith(VirtualScreen.class)
abstract class SwingTest {

    private static final long PATIENCE_MILLIS = 20_000;

    protected Robot robot;

    @BeforeEach
    void startRobot() {
        FailOnThreadViolationRepaintManager.install();
        robot = BasicRobot.robotWithNewAwtHierarchy();
        robot.settings().delayBetweenEvents(20);
        robot.settings().eventPostingDelay(50);
    }

    @AfterEach
    void endRobot() {
        robot.cleanUp();
    }

    /** Types faster than a person: for windows of our own, which miss nothing. */
    protected void typeFast() {
        robot.settings().delayBetweenEvents(5);
        robot.settings().eventPostingDelay(10);
    }

    /** Presses keys together and lets them go again; all but the last are modifiers. */
    protected void press(int... keys) {
        robot.waitForIdle();
        for (int key : keys) {
            robot.pressKey(key);
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            robot.releaseKey(keys[i]);
        }
        robot.waitForIdle();
    }

    /** Clicks a button as assistive software does: a mouse misses one that the layout moves meanwhile. */
    protected void click(AbstractButtonFixture<?, ?> button) {
        SwingUtilities.invokeLater(() -> button.target().doClick(0));
        robot.waitForIdle();
    }

    /** Keeps what the screen shows, when the system property berth.test.pictures names a folder. */
    protected void picture(String name) throws IOException {
        String folder = System.getProperty("berth.test.pictures", "");
        if (folder.isEmpty()) {
            return;
        }
        robot.waitForIdle();
        try {
            // In the pixels of the screen, also where a logical pixel has several.
            List<Image> sizes = new java.awt.Robot()
                    .createMultiResolutionScreenCapture(
                            new Rectangle(Toolkit.getDefaultToolkit().getScreenSize()))
                    .getResolutionVariants();
            BufferedImage image = (BufferedImage) sizes.get(sizes.size() - 1);
            Files.createDirectories(Path.of(folder));
            ImageIO.write(image, "png", new File(folder, name + ".png"));
        } catch (java.awt.AWTException e) {
            throw new IOException(e);
        }
    }

    /** Waits until something holds. */
    protected static void await(String what, BooleanSupplier holds) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!holdsNow(holds)) {
            if (System.currentTimeMillis() > end) {
                throw new AssertionError("never came: " + what);
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** What is looked for may not be there yet. */
    private static boolean holdsNow(BooleanSupplier holds) {
        try {
            return holds.getAsBoolean();
        } catch (ComponentLookupException e) {
            return false;
        }
    }
}
