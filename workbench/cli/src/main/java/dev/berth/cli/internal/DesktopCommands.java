/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.PointerInput;
import dev.berth.api.engine.ContainerProcess;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.SessionException;
import dev.berth.api.task.TaskContext;
import dev.berth.cli.internal.desktop.Eyes;
import dev.berth.cli.internal.desktop.Hands;
import dev.berth.cli.internal.desktop.Keysyms;
import dev.berth.cli.internal.desktop.Png;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code berth session} that look at a desktop and drive it. */
final class DesktopCommands {

    private static final Duration FIRST_PIXELS = Duration.ofSeconds(10);

    private DesktopCommands() {}

    static Map<String, Supplier<Command>> all() {
        Map<String, Supplier<Command>> all = new LinkedHashMap<>();
        all.put("screenshot", Screenshot::new);
        all.put("type", Type::new);
        all.put("key", Key::new);
        all.put("click", Click::new);
        all.put("clip", Clip::new);
        all.put("wait", Wait::new);
        return all;
    }

    /** A command that joins a session's display. */
    abstract static class OnDisplay extends Command {
        @Parameters(index = "0", paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Override
        final int run() throws BerthException, IOException, InterruptedException {
            FrameBuffer frame = new FrameBuffer();
            try (SessionDisplay display =
                    services().sessions().join(name, frame, new DisplayListener() {}, TaskContext.silent())) {
                return run(display);
            }
        }

        abstract int run(SessionDisplay display) throws BerthException, IOException, InterruptedException;
    }

    static void awaitPixels(FrameBuffer frame) throws BerthException, InterruptedException {
        if (!new Eyes(frame).awaitFirst(FIRST_PIXELS)) {
            throw new SessionException(
                    "session.blank",
                    ErrorKind.FAILED,
                    "The display sent no picture within " + FIRST_PIXELS.toSeconds() + " seconds.",
                    "",
                    Remedy.advice("Is the session paused?"),
                    null);
        }
    }

    @picocli.CommandLine.Command(name = "screenshot", description = "Writes the screen as it is to a PNG file.")
    static final class Screenshot extends OnDisplay {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "The file; else NAME.png.")
        @Nullable
        Path file;

        @Override
        int run(SessionDisplay display) throws BerthException, IOException, InterruptedException {
            awaitPixels(display.frame());
            Path target = file != null ? file : Path.of(name + ".png");
            FrameBuffer.Picture picture = display.frame().copy();
            Png.write(picture, target);
            console()
                    .result(
                            Json.object(
                                    "screenshot",
                                    target.toAbsolutePath().toString(),
                                    "width",
                                    picture.width(),
                                    "height",
                                    picture.height()),
                            target.toString());
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "type", description = "Types text into the desktop.")
    static final class Type extends OnDisplay {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "TEXT", description = "Joined by spaces.")
        List<String> words = List.of();

        @Option(names = "--enter", description = "Presses Enter after it.")
        boolean enter;

        @Option(names = "--delay", paramLabel = "MS", defaultValue = "10", description = "From one key to the next.")
        long delay = 10;

        @Override
        int run(SessionDisplay display) throws BerthException, InterruptedException {
            Hands hands = new Hands(display.connection().input(), Math.max(0, delay));
            try {
                hands.type(String.join(" ", words) + (enter ? "\n" : ""));
            } catch (IllegalArgumentException e) {
                throw invalid("usage", StartOptions.sentence(e), "Use session key for keys that are no characters.");
            }
            hands.settle();
            console().result(Json.object("typed", String.join(" ", words).length()), "");
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "key", description = "Presses keys: ctrl+alt+t, F5, Return.")
    static final class Key extends OnDisplay {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEYS", description = "One after the other.")
        List<String> combinations = List.of();

        @Override
        int run(SessionDisplay display) throws BerthException, InterruptedException {
            List<List<Integer>> all = new ArrayList<>();
            for (String combination : combinations) {
                try {
                    all.add(Keysyms.ofCombination(combination));
                } catch (IllegalArgumentException e) {
                    throw invalid("usage", StartOptions.sentence(e), "See --help.");
                }
            }
            Hands hands = new Hands(display.connection().input(), 20);
            for (List<Integer> keys : all) {
                hands.press(keys);
            }
            hands.settle();
            console().result(Json.object("pressed", combinations), "");
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "click", description = "Clicks at a place of the screen.")
    static final class Click extends OnDisplay {
        @Parameters(index = "1", paramLabel = "X", description = "Pixels from the left.")
        int x;

        @Parameters(index = "2", paramLabel = "Y", description = "Pixels from the top.")
        int y;

        @Option(names = "--double", description = "Twice.")
        boolean twice;

        @Option(
                names = "--button",
                paramLabel = "BUTTON",
                defaultValue = "left",
                description = "left, middle or right.")
        String button = "left";

        @Option(
                names = "--scroll",
                paramLabel = "N",
                description = "Turns the wheel by N notches instead; down is positive.")
        int scroll;

        @Override
        int run(SessionDisplay display) throws BerthException, InterruptedException {
            FrameBuffer.Picture picture = display.frame().picture();
            if (x < 0 || y < 0 || x >= picture.width() || y >= picture.height()) {
                throw invalid(
                        "usage",
                        "The place " + x + ", " + y + " is not on the screen.",
                        "The screen has " + picture.width() + " by " + picture.height() + " pixels.");
            }
            int mask = switch (button) {
                case "left" -> PointerInput.LEFT;
                case "middle" -> PointerInput.MIDDLE;
                case "right" -> PointerInput.RIGHT;
                default ->
                    throw invalid("usage", "There is no button named " + button + ".", "Use left, middle or right.");
            };
            Hands hands = new Hands(display.connection().input(), 20);
            if (scroll != 0) {
                hands.scroll(x, y, scroll);
            } else {
                hands.click(x, y, mask, twice ? 2 : 1);
            }
            hands.settle();
            console().result(Json.object("x", x, "y", y), "");
            return 0;
        }
    }

    @picocli.CommandLine.Command(
            name = "wait",
            description = "Waits until the screen does not change any more, or shows a picture.")
    static final class Wait extends OnDisplay {
        @Option(names = "--stable", paramLabel = "TIME", description = "How long nothing may change; 2s if not given.")
        String stable = "";

        @Option(names = "--match", paramLabel = "FILE.png", description = "A picture to appear anywhere on the screen.")
        @Nullable
        Path match;

        @Option(
                names = "--tolerance",
                paramLabel = "N",
                defaultValue = "12",
                description =
                        "How far a pixel's red, green and blue may be off, 0 to 255; ${DEFAULT-VALUE} if not given.")
        int tolerance = 12;

        @Option(
                names = "--timeout",
                paramLabel = "TIME",
                defaultValue = "60s",
                description = "When to give up; ${DEFAULT-VALUE} if not given.")
        String timeout = "60s";

        @Override
        int run(SessionDisplay display) throws BerthException, IOException, InterruptedException {
            Duration limit = SessionCommands.duration(timeout);
            Eyes eyes = new Eyes(display.frame());
            awaitPixels(display.frame());
            Map<String, Object> document = Json.object("waited", true);
            if (match != null) {
                Eyes.Place place = eyes.awaitMatch(wanted(match), tolerance, limit)
                        .orElseThrow(() -> timeout("The picture " + match + " did not appear within " + timeout + "."));
                document.put("x", place.x());
                document.put("y", place.y());
            }
            if (match == null || !stable.isEmpty()) {
                Duration quiet = SessionCommands.duration(stable.isEmpty() ? "2s" : stable);
                if (!eyes.awaitStable(quiet, limit)) {
                    throw timeout("The screen still changes after " + timeout + ".");
                }
            }
            console().result(document, "");
            return 0;
        }

        private static FrameBuffer.Picture wanted(Path file) throws BerthException {
            try {
                return Png.read(file);
            } catch (IOException e) {
                throw invalid("usage", "Cannot read the picture " + file + ".", "Give a PNG file.");
            }
        }

        private static SessionException timeout(String summary) {
            return new SessionException("session.timeout", summary, null);
        }
    }

    @picocli.CommandLine.Command(
            name = "clip",
            description = "Prints the desktop's clipboard, or puts text on it. Needs xclip in the session.")
    static final class Clip extends Command {
        @Parameters(index = "0", paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Parameters(index = "1", arity = "0..1", paramLabel = "TEXT", description = "The new text; - reads stdin.")
        @Nullable
        String text;

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            // Not by the display: there a clipboard's content goes when who offered it does, and this command does.
            if (text == null) {
                Optional<String> content =
                        clipboard("xclip -selection clipboard -o 2>/dev/null || test $? -ne 127", "");
                console().result(Json.object("text", content.orElse("")), content.orElse(""));
            } else {
                String content =
                        text.equals("-") ? new String(console().in().readAllBytes(), StandardCharsets.UTF_8) : text;
                clipboard("xclip -selection clipboard -i >/dev/null 2>&1", content);
                console().result(Json.object("text", content), "");
            }
            return 0;
        }

        private Optional<String> clipboard(String script, String input)
                throws BerthException, IOException, InterruptedException {
            var sessions = services().sessions();
            ExecSpec spec = new ExecSpec(
                    List.of("/bin/sh", "-c", script),
                    sessions.environment(name),
                    sessions.user(name),
                    "/",
                    Optional.empty());
            try (ContainerProcess process =
                    sessions.container(name, TaskContext.silent()).exec(spec, TaskContext.silent())) {
                try (OutputStream stdin = process.stdin()) {
                    stdin.write(input.getBytes(StandardCharsets.UTF_8));
                }
                ByteArrayOutputStream output = new ByteArrayOutputStream();
                Pumps.copy(process.stdout(), output);
                if (process.waitFor() != 0) {
                    throw new SessionException(
                            "session.clipboard",
                            ErrorKind.FAILED,
                            "The clipboard of the session cannot be reached.",
                            "",
                            Remedy.advice("The session needs xclip: berth session exec " + name
                                    + " -- apt-get install -y xclip."),
                            null);
                }
                return Optional.of(output.toString(StandardCharsets.UTF_8));
            }
        }
    }
}
