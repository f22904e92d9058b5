/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.display.DisplayListener;
import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.workbench.WorkbenchWindow;
import dev.berth.cli.internal.desktop.Eyes;
import dev.berth.cli.internal.desktop.Png;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import dev.berth.sessions.SessionManager;
import dev.berth.sessions.SessionRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth up RECIPE}: the whole way in one word. */
@picocli.CommandLine.Command(
        name = "up",
        description = {
            "Makes the image if needed, starts a session and opens its tab.",
            "Without a screen the session starts detached, and a screenshot is written once the desktop is drawn."
        })
final class UpCommand extends Command {

    /** Longer than the pauses in a desktop's start: XFCE draws its panel up to a second after its wallpaper. */
    private static final Duration QUIET = Duration.ofMillis(2_000);

    /** A desktop at rest uses a hundredth of a processor; one that starts, all it can get. */
    private static final Duration IDLE_WINDOW = Duration.ofMillis(500);

    private static final Duration IDLE_USE = Duration.ofMillis(20);

    private static final Duration DRAWN_LIMIT = Duration.ofSeconds(90);

    @Parameters(paramLabel = "RECIPE", description = "Its id; berth recipe ls lists them.")
    String recipe = "";

    @Mixin
    StartOptions start = new StartOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Installs what is missing on this host without asking.")
    boolean yes;

    @Option(names = "--detach", description = "Opens no window even if there is a screen.")
    boolean detach;

    @Option(
            names = "--screenshot",
            paramLabel = "FILE",
            description = "Where the screenshot goes; else NAME.png in the current folder. Implies --detach.")
    @Nullable
    Path screenshot;

    @Option(names = "--timings", description = "Tells how long each stage took.")
    boolean timings;

    @Override
    int run() throws BerthException, IOException, InterruptedException {
        SessionRequest request = start.request(recipe, services());
        boolean window = !detach && screenshot == null && !json && Screen.isThere();
        if (window && request.equals(SessionRequest.of(recipe))) {
            return windowFirst();
        }
        SessionManager sessions = services().sessions();
        Map<String, Object> times = new LinkedHashMap<>();
        Instant begun = processStart();
        times.put("startUp", millisSince(begun));
        SessionInfo session = Retry.afterInstalling(
                this, yes, () -> task("Starting " + recipe, context -> sessions.start(request, context)));
        sessions.timings(session.id())
                .forEach(stage -> times.put(stage.name(), stage.took().toMillis()));
        if (window) {
            WorkbenchWindow workbench = services().window();
            workbench.open(List.of(session.id()));
            if (timings) {
                console().note(describe(times));
            }
            workbench.awaitClosed();
            return 0;
        }
        Path file = screenshot != null ? screenshot : Path.of(session.name() + ".png");
        take(sessions, session, file, times);
        times.put("total", millisSince(begun));
        String text = "Session " + session.name() + " runs; its screenshot is " + file + ".";
        console()
                .result(
                        Json.object(
                                "session",
                                session.name(),
                                "id",
                                session.id(),
                                "image",
                                session.image(),
                                "screenshot",
                                file.toAbsolutePath().toString(),
                                "timings",
                                times),
                        timings ? text + "\n" + describe(times) : text);
        return 0;
    }

    /** The window shows how the start goes, and what is missing if something is. */
    private int windowFirst() throws BerthException, IOException, InterruptedException {
        if (yes) {
            HostSetup setup = new HostSetup(services(), console());
            HostSetup.Report report = setup.look(TaskContext.silent());
            if (!report.ok()) {
                setup.run(HostSetup.commands(report, false), true);
            }
        }
        WorkbenchWindow window = services().window();
        window.start(recipe);
        if (timings) {
            awaitFirstFrame(window);
        }
        window.awaitClosed();
        return 0;
    }

    private void awaitFirstFrame(WorkbenchWindow window) throws InterruptedException {
        long deadline = System.nanoTime() + DRAWN_LIMIT.toNanos();
        while (!(window instanceof OtherWindow)
                && System.nanoTime() < deadline
                && window.marks().stream().noneMatch(mark -> mark.name().equals("firstFrame"))) {
            Thread.sleep(50);
        }
        Map<String, Object> times = new LinkedHashMap<>();
        window.marks().forEach(mark -> times.put(mark.name(), mark.millis()));
        console().note(describe(times));
    }

    private void take(SessionManager sessions, SessionInfo session, Path file, Map<String, Object> times)
            throws BerthException, IOException, InterruptedException {
        FrameBuffer frame = new FrameBuffer();
        Instant joining = Instant.now();
        try (SessionDisplay ignored =
                sessions.join(session.id(), frame, new DisplayListener() {}, TaskContext.silent())) {
            Eyes eyes = new Eyes(frame);
            eyes.awaitFirst(Duration.ofSeconds(10));
            times.put("firstFrame", millisSince(joining));
            boolean drawn = task("Waiting for the desktop", context -> {
                context.progress().message("Waiting until the desktop is drawn");
                return awaitDrawn(sessions, session, eyes);
            });
            // The quiet at the end was waited for; it is not what the desktop took.
            times.put(
                    "drawn",
                    millisSince(joining) - (drawn ? QUIET.plus(IDLE_WINDOW).toMillis() : 0));
            if (!drawn) {
                console()
                        .note("The desktop still changes after " + DRAWN_LIMIT.toSeconds()
                                + " s; the screenshot shows it as it is.");
            }
            Png.write(frame.copy(), file);
        }
    }

    /** Waits until the desktop is drawn and rests: on a loaded host its start has pauses longer than any that can be waited for. */
    private static boolean awaitDrawn(SessionManager sessions, SessionInfo session, Eyes eyes)
            throws BerthException, InterruptedException {
        long deadline = System.nanoTime() + DRAWN_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!eyes.awaitDrawn(QUIET, Duration.ofNanos(deadline - System.nanoTime()))) {
                return false;
            }
            Duration before = sessions.stats(session.id()).cpuTime();
            Thread.sleep(IDLE_WINDOW.toMillis());
            Duration used = sessions.stats(session.id()).cpuTime().minus(before);
            if (used.compareTo(IDLE_USE) < 0) {
                return true;
            }
        }
        return false;
    }

    private static Instant processStart() {
        return ProcessHandle.current().info().startInstant().orElse(Instant.now());
    }

    private static long millisSince(Instant instant) {
        return Duration.between(instant, Instant.now()).toMillis();
    }

    private static String describe(Map<String, Object> times) {
        return times.entrySet().stream()
                .map(time -> String.format(Locale.ROOT, "%-12s %6s ms", time.getKey(), time.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
