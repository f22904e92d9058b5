/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.screen;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.awt.GraphicsEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives a test class a screen of its own: {@code @ExtendWith(VirtualScreen.class)}.
 *
 * <p>Starts Xvfb with a window manager once per JVM and ends both with it. A screen that a person sits at is never used, unless
 * {@code BERTH_TEST_SCREEN=real} is in the environment. Without Xvfb the test fails, as with any other missing peer.
 *
 * <p>Processes that the test starts do not inherit the screen; give them {@link #environment()}.
 */
public final class VirtualScreen implements BeforeAllCallback {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 800;

    private static final long PATIENCE_SECONDS = 30;

    private static @Nullable String display;

    /** The one function that no Java API offers: AWT reads DISPLAY from the process, not from {@link System#getenv}. */
    private interface C extends Library {
        int setenv(String name, String value, int overwrite);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
        openHere(start());
    }

    /** Returns the display, such as {@code :7}. Starts it if no test class has yet. This JVM itself need not have used it. */
    public static String display() throws IOException, InterruptedException {
        return start();
    }

    /** Returns what a process needs in its environment to open windows there. */
    public static Map<String, String> environment() throws IOException, InterruptedException {
        return Map.of("DISPLAY", start());
    }

    private static synchronized String start() throws IOException, InterruptedException {
        String running = display;
        if (running != null) {
            return running;
        }
        String real = System.getenv("DISPLAY");
        String started = "real".equals(System.getenv("BERTH_TEST_SCREEN")) && real != null ? real : startServer();
        display = started;
        return started;
    }

    private static String startServer() throws IOException, InterruptedException {
        Process server = process(
                Map.of(),
                "Xvfb",
                "-displayfd",
                "1",
                "-screen",
                "0",
                WIDTH + "x" + HEIGHT + "x24",
                "-nolisten",
                "tcp",
                "-noreset");
        // The number comes once the server listens.
        String number = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (number == null) {
            throw new IOException("Xvfb does not start; install the package xvfb");
        }
        String name = ":" + number.strip();
        process(Map.of("DISPLAY", name), "openbox", "--sm-disable");
        awaitWindowManager(name);
        return name;
    }

    /** Has AWT in this JVM use the screen; too late once AWT has looked for one. */
    private static void openHere(String name) {
        Native.load("c", C.class).setenv("DISPLAY", name, 1);
        System.setProperty("java.awt.headless", "false");
        if (GraphicsEnvironment.isHeadless()) {
            throw new IllegalStateException("AWT was used before the screen was there");
        }
    }

    private static void awaitWindowManager(String name) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            ProcessBuilder query = new ProcessBuilder("xprop", "-display", name, "-root", "_NET_SUPPORTING_WM_CHECK");
            Process running = query.redirectErrorStream(true).start();
            String answer = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            running.waitFor();
            if (answer.contains("window id")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException("openbox does not start");
    }

    /**
     * Starts a process that ends after this JVM, however that ends: its shell waits for the end of the pipe. A shutdown hook would be too
     * early, for AWT ends the JVM with an error when its screen goes.
     */
    private static Process process(Map<String, String> environment, String... command) throws IOException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "\"$@\" & read -r _; kill $!; wait", "sh"));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
