/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.display;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.berth.api.channel.Endpoint;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import dev.berth.canvas.DesktopCanvas;
import dev.berth.plugin.display.rfb.internal.client.RfbProtocol;
import dev.berth.sessions.FrameBuffer;
import java.awt.EventQueue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Shows a server and counts what is drawn; see the scripts {@code animation} and {@code latency} beside the sources. */
public final class View {

    private final AtomicLong drawn = new AtomicLong();
    private final AtomicBoolean waiting = new AtomicBoolean();

    private View() {}

    private record UnixSocket(String path) implements Endpoint {
        @Override
        public ByteChannel open(TaskContext context) throws DisplayException {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
                throw new DisplayException("display.connect", "Nothing answers at " + path + ".", e);
            }
        }

        @Override
        public String describe() {
            return path;
        }

        @Override
        public boolean local() {
            return true;
        }

        @Override
        public Optional<Path> unixSocket() {
            return Optional.of(Path.of(path));
        }
    }

    /** Arguments: the unix socket; seconds to warm up and seconds to count, or none to show it until killed. */
    public static void main(String[] args) throws InterruptedException, InvocationTargetException, DisplayException {
        View view = new View();
        FrameBuffer frame = new FrameBuffer();
        DesktopCanvas canvas = Window.open("view", 1920, 1080);
        DisplayConnection connection = new RfbProtocol()
                .connect(
                        new UnixSocket(args[0]),
                        DisplayRequest.defaults(),
                        frame,
                        new DisplayListener() {},
                        TaskContext.silent());
        EventQueue.invokeAndWait(() -> canvas.attach(frame, connection));
        if (args.length < 3) {
            return;
        }
        frame.listen(view.new Counter());
        Thread.sleep(1000 * Long.parseLong(args[1]));
        view.count(frame, Long.parseLong(args[2]));
        System.exit(0);
    }

    /** Hears of updates after the canvas does, so its runnable comes behind the one that draws. */
    private final class Counter implements FrameBuffer.Listener {
        @Override
        public void resized(FrameBuffer.Picture picture) {}

        @Override
        public void updated(FrameBuffer.Picture picture, int[] rectangles, int count) {
            if (!waiting.getAndSet(true)) {
                EventQueue.invokeLater(() -> {
                    waiting.set(false);
                    drawn.incrementAndGet();
                });
            }
        }
    }

    private void count(FrameBuffer frame, long seconds) throws InterruptedException {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long drawnBefore = drawn.get();
        long updatesBefore = frame.updates();
        long readBefore = allocated("-reader");
        long drawBefore = allocated("AWT-EventQueue");
        long cpuBefore = process.getProcessCpuTime();
        long start = System.nanoTime();
        Thread.sleep(1000 * seconds);
        double wall = (System.nanoTime() - start) / 1e9;
        double cpu = (process.getProcessCpuTime() - cpuBefore) / 1e9;
        long shown = drawn.get() - drawnBefore;
        long updates = frame.updates() - updatesBefore;
        System.out.printf(
                Locale.ROOT,
                "Berth: %.1f updates/s decoded, %.1f/s drawn, %.2f CPU seconds a second; B/update: reader %d, event thread %d%n",
                updates / wall,
                shown / wall,
                cpu / wall,
                (allocated("-reader") - readBefore) / Math.max(1, updates),
                (allocated("AWT-EventQueue") - drawBefore) / Math.max(1, shown));
    }

    private static long allocated(String thread) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long all = 0;
        for (Thread one : Thread.getAllStackTraces().keySet()) {
            if (one.getName().contains(thread)) {
                all += threads.getThreadAllocatedBytes(one.getId());
            }
        }
        return all;
    }
}
