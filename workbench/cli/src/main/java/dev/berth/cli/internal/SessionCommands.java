/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.audio.AudioStatistics;
import dev.berth.api.engine.ContainerStats;
import dev.berth.api.error.BerthException;
import dev.berth.api.session.SessionInfo;
import dev.berth.sessions.SessionManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth session …}: the life of sessions. */
@picocli.CommandLine.Command(
        name = "session",
        synopsisSubcommandLabel = "COMMAND",
        description = "Sessions: desktops that run, whether or not a tab shows them.")
final class SessionCommands {

    static Map<String, Supplier<Command>> all() {
        Map<String, Supplier<Command>> all = new LinkedHashMap<>();
        all.put("start", Start::new);
        all.put("ls", Ls::new);
        all.put("stop", Stop::new);
        all.put("rm", Remove::new);
        all.put("logs", Logs::new);
        all.put("stats", Stats::new);
        all.put("pause", Pause::new);
        all.put("resume", Resume::new);
        all.put("exec", ExecCommand::new);
        all.putAll(SnapshotCommands.all());
        all.putAll(DesktopCommands.all());
        return all;
    }

    static Map<String, Object> document(SessionInfo session) {
        return Json.object(
                "name",
                session.name(),
                "id",
                session.id(),
                "state",
                session.state().name().toLowerCase(Locale.ROOT),
                "recipe",
                session.recipe(),
                "engine",
                session.engine(),
                "image",
                session.image(),
                "created",
                session.created().toString());
    }

    @picocli.CommandLine.Command(
            name = "start",
            description = "Starts a session, detached; makes the image if needed. With --again, one that was stopped.")
    static final class Start extends Command {
        @Parameters(paramLabel = "RECIPE", description = "A recipe's id; with --again the name of a session.")
        String target = "";

        @Mixin
        StartOptions options = new StartOptions();

        @Option(names = "--again", description = "Starts a stopped session again.")
        boolean again;

        @Option(
                names = {"-y", "--yes"},
                description = "Installs what is missing on this host without asking.")
        boolean yes;

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            SessionManager sessions = services().sessions();
            SessionInfo session;
            if (again) {
                session = task("Starting " + target, context -> sessions.restart(target, context));
            } else {
                var request = options.request(target, services());
                session = Retry.afterInstalling(
                        this, yes, () -> task("Starting " + target, context -> sessions.start(request, context)));
            }
            Map<String, Object> times = new LinkedHashMap<>();
            sessions.timings(session.id())
                    .forEach(stage -> times.put(stage.name(), stage.took().toMillis()));
            Map<String, Object> document = document(session);
            document.put("timings", times);
            console().result(document, session.name());
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "ls", description = "Lists the sessions.")
    static final class Ls extends Command {
        @Override
        int run() throws BerthException, InterruptedException {
            List<Object> documents = new ArrayList<>();
            List<List<String>> rows =
                    new ArrayList<>(List.of(List.of("SESSION", "STATE", "RECIPE", "ENGINE", "CREATED", "ID")));
            for (SessionInfo session : services().sessions().sessions()) {
                documents.add(document(session));
                rows.add(List.of(
                        session.name(),
                        session.state().name().toLowerCase(Locale.ROOT),
                        session.recipe(),
                        session.engine(),
                        session.created().toString(),
                        session.id()));
            }
            console().result(documents, Texts.table(rows));
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "stop", description = "Stops sessions; their changes are kept.")
    static final class Stop extends Command {
        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names or ids.")
        List<String> names = List.of();

        @Option(
                names = "--grace",
                paramLabel = "TIME",
                defaultValue = "10s",
                description =
                        "How long the desktop may take to end before it is killed; ${DEFAULT-VALUE} if not given.")
        String grace = "10s";

        @Override
        int run() throws BerthException, InterruptedException {
            Duration limit = duration(grace);
            for (String name : names) {
                task("Stopping " + name, context -> {
                    services().sessions().stop(name, limit, context);
                    return name;
                });
            }
            console().result(Json.object("stopped", names), "");
            return 0;
        }
    }

    static Duration duration(String text) throws BerthException {
        try {
            return Texts.parseDuration(text);
        } catch (IllegalArgumentException e) {
            throw Command.invalid("usage", StartOptions.sentence(e), "See --help.");
        }
    }

    @picocli.CommandLine.Command(name = "rm", description = "Removes sessions with all their changes.")
    static final class Remove extends Command {
        @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names or ids.")
        List<String> names = List.of();

        @Option(
                names = {"-f", "--force"},
                description = "Also those that run.")
        boolean force;

        @Override
        int run() throws BerthException, InterruptedException {
            for (String name : names) {
                task("Removing " + name, context -> {
                    services().sessions().remove(name, force, context);
                    return name;
                });
            }
            console().result(Json.object("removed", names), "");
            return 0;
        }
    }

    @picocli.CommandLine.Command(
            name = "logs",
            description = "Prints what the session's first process and desktop wrote.")
    static final class Logs extends Command {
        @Parameters(paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Option(
                names = {"-f", "--follow"},
                description = "Goes on until the session ends.")
        boolean follow;

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            try (InputStream logs =
                    services().sessions().logs(name, follow && !console().json())) {
                if (console().json()) {
                    String text = new String(logs.readAllBytes(), StandardCharsets.UTF_8);
                    console().result(Json.object("lines", text.lines().toList()), "");
                } else {
                    Pumps.copy(logs, console().out());
                }
            }
            return 0;
        }
    }

    @picocli.CommandLine.Command(
            name = "stats",
            description = "Tells what sessions use; all that run, if none is named.")
    static final class Stats extends Command {
        @Parameters(paramLabel = "NAME", arity = "0..*", description = "Names or ids.")
        List<String> names = List.of();

        @Override
        int run() throws BerthException, InterruptedException {
            SessionManager sessions = services().sessions();
            List<String> wanted = new ArrayList<>(names);
            if (wanted.isEmpty()) {
                for (SessionInfo session : sessions.sessions()) {
                    switch (session.state()) {
                        case RUNNING, PAUSED -> wanted.add(session.name());
                        default -> {}
                    }
                }
            }
            List<Object> documents = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>(
                    List.of(List.of("SESSION", "CPU TIME", "MEMORY", "LIMIT", "PROCESSES", "RECEIVED", "SENT")));
            for (String name : wanted) {
                ContainerStats stats = sessions.stats(name);
                Map<String, Object> document = Json.object(
                        "name",
                        name,
                        "cpuMillis",
                        stats.cpuTime().toMillis(),
                        "memoryBytes",
                        stats.memoryBytes(),
                        "memoryLimitBytes",
                        stats.memoryLimitBytes(),
                        "processes",
                        stats.processes(),
                        "receivedBytes",
                        stats.receivedBytes(),
                        "sentBytes",
                        stats.sentBytes(),
                        "readBytes",
                        stats.readBytes(),
                        "writtenBytes",
                        stats.writtenBytes());
                sessions.sound(name).ifPresent(sound -> document.put("sound", sound(sound)));
                documents.add(document);
                rows.add(List.of(
                        name,
                        Texts.duration(stats.cpuTime()),
                        amount(stats.memoryBytes()),
                        stats.memoryLimitBytes() == 0 ? "none" : amount(stats.memoryLimitBytes()),
                        stats.processes() < 0 ? "?" : Long.toString(stats.processes()),
                        amount(stats.receivedBytes()),
                        amount(stats.sentBytes())));
            }
            console().result(documents, Texts.table(rows));
            return 0;
        }

        private static Map<String, Object> sound(AudioStatistics sound) {
            return Json.object(
                    "device",
                    sound.device(),
                    "latencyMillis",
                    sound.latency().toNanos() / 1e6,
                    "driftPpm",
                    sound.driftPpm(),
                    "underruns",
                    sound.underruns(),
                    "droppedFrames",
                    sound.droppedFrames());
        }

        private static String amount(long bytes) {
            return bytes < 0 ? "?" : Texts.bytes(bytes);
        }
    }

    @picocli.CommandLine.Command(name = "pause", description = "Freezes a session.")
    static final class Pause extends Command {
        @Parameters(paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Override
        int run() throws BerthException, InterruptedException {
            task("Freezing " + name, context -> {
                services().sessions().pause(name, context);
                return name;
            });
            console().result(Json.object("paused", name), "");
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "resume", description = "Thaws a session.")
    static final class Resume extends Command {
        @Parameters(paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Override
        int run() throws BerthException, InterruptedException {
            task("Thawing " + name, context -> {
                services().sessions().resume(name, context);
                return name;
            });
            console().result(Json.object("resumed", name), "");
            return 0;
        }
    }
}
