/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.display;

import java.awt.AWTException;
import java.awt.Robot;
import java.awt.event.KeyEvent;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** Presses a key and waits for the pixel in the middle of the screen to change; see the script {@code latency}. */
public final class Latency {

    private static final int X = 960;
    private static final int Y = 540;
    private static final long TOO_LONG = 2_000_000_000L;
    private static final int WARM_UPS = 100;

    private Latency() {}

    /** Arguments: a name for the line printed, and how many presses. */
    public static void main(String[] args) throws AWTException, InterruptedException {
        Robot robot = new Robot();
        robot.mouseMove(X, Y);
        Random random = new Random(1);
        int count = Integer.parseInt(args[1]);
        double[] times = new double[count];
        int lost = 0;
        for (int i = -WARM_UPS; i < count; i++) {
            int before = robot.getPixelColor(X, Y).getRGB();
            long start = System.nanoTime();
            robot.keyPress(KeyEvent.VK_A);
            long passed;
            do {
                passed = System.nanoTime() - start;
            } while (robot.getPixelColor(X, Y).getRGB() == before && passed < TOO_LONG);
            passed = System.nanoTime() - start;
            robot.keyRelease(KeyEvent.VK_A);
            if (i >= 0) {
                times[i] = passed / 1e6;
                lost += passed >= TOO_LONG ? 1 : 0;
            } else if (passed >= TOO_LONG && i == -1) {
                throw new IllegalStateException("no answer to keys");
            }
            Thread.sleep(20 + random.nextInt(20));
        }
        Arrays.sort(times);
        System.out.printf(
                Locale.ROOT,
                "%-10s milliseconds: 50%% %.2f, 95%% %.2f, 99%% %.2f, most %.2f; %d of %d lost%n",
                args[0],
                Window.percentile(times, 0.5),
                Window.percentile(times, 0.95),
                Window.percentile(times, 0.99),
                times[count - 1],
                lost,
                count);
        for (int bin = 0, from = 0; bin < 40; bin++) {
            int to = from;
            while (to < count && times[to] < 2 * (bin + 1)) {
                to++;
            }
            if (to > from) {
                System.out.printf(
                        "  %3d-%3d ms %5d %s%n", 2 * bin, 2 * bin + 2, to - from, "#".repeat((to - from) * 60 / count));
            }
            from = to;
        }
        System.exit(0);
    }
}
