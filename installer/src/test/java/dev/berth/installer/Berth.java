/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs what the build has laid out, as a person would: with a home of its own and without a screen. */
final class Berth {

    /** The home with the image of a whole desktop, for all tests that need one; each has sessions of its own in it. */
    static final String DESKTOP_HOME = "target/acceptance-home";

    private static final Path PROGRAM =
            Path.of("target", "berth", "bin", "berth").toAbsolutePath();

    private final Path home;
    private final Path folder;
    private final List<String> prefix;

    /**
     * @param home the Berth home
     * @param folder where commands run, and where their output is kept while they do
     */
    Berth(Path home, Path folder) {
        this(home, folder, List.of());
    }

    /** The same, each command run by another one, such as nsenter. */
    Berth(Path home, Path folder, List<String> prefix) {
        this.home = home.toAbsolutePath();
        this.folder = folder;
        this.prefix = prefix;
    }

    Path home() {
        return home;
    }

    /** How a command ended. */
    record Outcome(int code, String out, String err) {

        /** The value of a key of a JSON document, in text; the first one of that name. */
        String value(String key) {
            Matcher matcher = Pattern.compile("\"" + key + "\":(\"([^\"]*)\"|[0-9.]+|true|false)")
                    .matcher(out);
            if (!matcher.find()) {
                throw new AssertionError("no " + key + " in " + out + err);
            }
            return matcher.group(2) == null ? matcher.group(1) : matcher.group(2);
        }
    }

    /** A command under way. */
    final class Running {
        private final Process process;
        private final Path out;
        private final Path err;

        private Running(String... arguments) throws IOException {
            List<String> command = new ArrayList<>(prefix);
            command.add(PROGRAM.toString());
            command.addAll(List.of(arguments));
            out = Files.createTempFile(folder, "out", ".txt");
            err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("DISPLAY");
            builder.environment().put("BERTH_HOME", home.toString());
            builder.environment().put("BERTH_TRAIN", "never");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            process = builder.start();
        }

        /** Waits until it has written a text to stderr, or has ended. */
        void awaitProgress(String pattern) throws IOException, InterruptedException {
            Pattern wanted = Pattern.compile(pattern);
            while (process.isAlive() && !wanted.matcher(Files.readString(err)).find()) {
                Thread.sleep(50);
            }
        }

        /** Kills it as the kernel does when memory runs out. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        Outcome await() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(15, TimeUnit.MINUTES)) {
                    throw new AssertionError("does not end: " + Files.readString(err));
                }
                return new Outcome(process.exitValue(), text(out), text(err));
            } finally {
                process.destroyForcibly();
            }
        }

        private String text(Path file) throws IOException {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        }
    }

    Running start(String... arguments) throws IOException {
        return new Running(arguments);
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    /** Mounts of the whole machine that have to do with this home. */
    List<String> mounts() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .filter(line -> line.contains(home.toString()))
                .toList();
    }

    /** Mounts of sessions that no list of sessions names. Other tests may start and remove sessions meanwhile. */
    List<String> strayMounts() throws IOException, InterruptedException {
        String before = run("session", "ls", "--json").out();
        List<String> unknown = unlisted(mounts(), before);
        return unknown.isEmpty()
                ? unknown
                : unlisted(unknown, run("session", "ls", "--json").out());
    }

    private static List<String> unlisted(List<String> mounts, String sessions) {
        return mounts.stream()
                .filter(mount ->
                        !sessions.contains("\"id\":\"" + mount.replaceAll(".*/sessions/([0-9a-f]{12}).*", "$1") + "\""))
                .toList();
    }
}
