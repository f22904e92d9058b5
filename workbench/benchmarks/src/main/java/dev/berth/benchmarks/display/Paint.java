/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.display;

import com.sun.management.ThreadMXBean;
import dev.berth.api.display.CursorImage;
import dev.berth.canvas.DesktopCanvas;
import dev.berth.sessions.FrameBuffer;
import java.awt.EventQueue;
import java.awt.Toolkit;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** What painting a picture of 1920x1080 costs, whole and in part; see the script {@code paint} beside the sources. */
public final class Paint {

    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    private static final int WARM_UPS = 300;
    private static final int RUNS = 300;

    private final DesktopCanvas canvas;
    private final int[] pixels;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Random random = new Random(1);

    private Paint(DesktopCanvas canvas, int[] pixels) {
        this.canvas = canvas;
        this.pixels = pixels;
    }

    /** No arguments. */
    public static void main(String[] args) throws InterruptedException, InvocationTargetException {
        FrameBuffer frame = new FrameBuffer();
        int[] pixels = frame.resize(WIDTH, HEIGHT);
        DesktopCanvas canvas = Window.open("paint", WIDTH, HEIGHT);
        EventQueue.invokeAndWait(() -> {
            canvas.attach(frame, new NoConnection());
            canvas.guestCursor(CursorImage.HIDDEN);
        });
        Paint bench = new Paint(canvas, pixels);
        System.out.println(
                "paint and Toolkit.sync(), milliseconds: median, 95th percentile of " + RUNS + "; bytes allocated");
        bench.one("1920x1080", WIDTH, HEIGHT);
        bench.one("256x256", 256, 256);
        bench.one("64x16", 64, 16);
        System.exit(0);
    }

    private void one(String name, int width, int height) throws InterruptedException, InvocationTargetException {
        double[] times = new double[RUNS];
        long[] bytes = new long[1];
        for (int i = -WARM_UPS; i < RUNS; i++) {
            int run = i;
            int x = random.nextInt(WIDTH - width + 1);
            int y = random.nextInt(HEIGHT - height + 1);
            for (int row = y; row < y + height; row++) {
                Arrays.fill(pixels, row * WIDTH + x, row * WIDTH + x + width, random.nextInt(1 << 24));
            }
            EventQueue.invokeAndWait(() -> {
                long before = threads.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                canvas.paintImmediately(x, y, width, height);
                Toolkit.getDefaultToolkit().sync();
                if (run >= 0) {
                    times[run] = (System.nanoTime() - start) / 1e6;
                    bytes[0] += threads.getCurrentThreadAllocatedBytes() - before;
                }
            });
        }
        Arrays.sort(times);
        System.out.printf(
                Locale.ROOT,
                "%-10s %6.3f %6.3f %6d%n",
                name,
                Window.percentile(times, 0.5),
                Window.percentile(times, 0.95),
                bytes[0] / RUNS);
    }
}
