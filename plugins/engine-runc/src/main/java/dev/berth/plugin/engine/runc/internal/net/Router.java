/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.net;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import dev.berth.plugin.engine.runc.internal.host.Shell;
import dev.berth.plugin.engine.runc.internal.host.Trees;
import dev.berth.plugin.engine.runc.internal.store.Fields;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The router of one Berth home: namespaces held by a process of ours, with slirp4netns as the only way out, so that
 * nothing on the host's own network changes. Callers hold the network lock.
 */
public final class Router {

    /** As large as the link between namespaces allows: slirp4netns takes the segments apart anyway. */
    static final int MTU = 65_520;

    private static final Duration READY = Duration.ofSeconds(20);
    private static final int LINGER_SECONDS = 2;

    private final Path folder;
    private final Map<String, String> settings;

    /**
     * A router that runs.
     *
     * @param guard pid of the script that looks after it
     * @param holder pid of the process that its namespaces are entered by
     */
    public record Running(long guard, long holder) {}

    /**
     * @param folder where it keeps its state
     * @param settings what its script needs beyond the common: {@code UPLINK}, {@code USER_NAMESPACE} and the maps
     */
    public Router(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.settings = Map.copyOf(settings);
    }

    /** The file that keeps the router alive while the process named in it lives. */
    public Path member(String id) {
        return folder.resolve("members").resolve(id);
    }

    /** The socket through which slirp4netns is told of published ports. */
    Path uplinkSocket() {
        return folder.resolve("uplink.sock");
    }

    /** A folder for what holds for this run of the router only. */
    Path session(Running router) {
        return folder.resolve("run-" + router.holder());
    }

    /** The router as it runs now. */
    public Optional<Running> running() {
        String[] words = Proc.read(folder.resolve("router")).orElse("").strip().split(" ");
        if (words.length != 4 || !words[3].equals(Proc.bootId())) {
            return Optional.empty();
        }
        long guard = Long.parseLong(words[0]);
        return Proc.alive(guard, words[1])
                ? Optional.of(new Running(guard, Long.parseLong(words[2])))
                : Optional.empty();
    }

    /** Keeps the router for a member, starting it if it does not run. */
    public Running hold(String id) throws EngineException, IOException, InterruptedException {
        Files.createDirectories(member(id).getParent());
        Fields.write(member(id), Attachment.self());
        awaitClosing();
        Optional<Running> running = running();
        if (running.isPresent()) {
            return running.get();
        }
        removeLeftovers();
        return start();
    }

    /** Lets go of the router; it ends soon when that was the last member. */
    public void release(String id) throws IOException {
        Files.deleteIfExists(member(id));
    }

    /** Whether anything is on the router. */
    public boolean used() throws IOException {
        try (DirectoryStream<Path> members = Files.newDirectoryStream(folder.resolve("members"))) {
            for (Path member : members) {
                if (alive(member.getFileName().toString())) {
                    return true;
                }
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return false;
    }

    /** Whether a member's process lives. */
    boolean alive(String id) {
        String[] words = Proc.read(member(id)).orElse("").strip().split(" ");
        return words.length == 2 && words[0].matches("[0-9]{1,10}") && Proc.alive(Long.parseLong(words[0]), words[1]);
    }

    /** Ends a router that nobody is on, and whatever a killed one left. */
    public boolean close() throws IOException, InterruptedException {
        if (used()) {
            return false;
        }
        Optional<Running> running = running();
        boolean left = Files.exists(folder.resolve("processes"));
        running.ifPresent(router -> ProcessHandle.of(router.guard()).ifPresent(ProcessHandle::destroyForcibly));
        boolean killed = removeLeftovers();
        Trees.delete(folder);
        return killed && (running.isPresent() || left);
    }

    private Running start() throws EngineException, IOException, InterruptedException {
        for (String name : List.of("router.sh", "holder.sh")) {
            try (InputStream script = Objects.requireNonNull(Router.class.getResourceAsStream(name), name)) {
                Files.copy(script, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        all.put("BOOT", Proc.bootId());
        all.put("MTU", Integer.toString(MTU));
        all.put("LINGER", Integer.toString(LINGER_SECONDS));
        Fields.write(folder.resolve("settings"), Shell.assignments(all));
        for (String name : List.of("failure", "ready", "unshared", "mapped", "uplink.ready", "router", "uplink.sock")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        try {
            Process process = Commands.builder(List.of(
                            "setsid",
                            "--fork",
                            "sh",
                            folder.resolve("router.sh").toString(),
                            folder.toString()))
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.waitFor();
        } catch (IOException e) {
            throw new EngineException("engine.network", "The router cannot be started.", e);
        }
        long deadline = System.nanoTime() + READY.toNanos();
        while (true) {
            Optional<Running> running = running();
            if (running.isPresent()) {
                Files.createDirectories(session(running.get()));
                return running.get();
            }
            Optional<String> failure = Proc.read(folder.resolve("failure"));
            if (failure.isPresent() || System.nanoTime() > deadline) {
                throw new EngineException(
                        "engine.network",
                        ErrorKind.FAILED,
                        "The containers' network cannot be set up. "
                                + failure.orElse("It took too long.").strip(),
                        Commands.lastLines(
                                Proc.read(folder.resolve("router.log")).orElse("")),
                        Remedy.installPackages("slirp4netns", "nftables", "iproute2", "uidmap"),
                        null);
            }
            Thread.sleep(3);
        }
    }

    /** The script takes its mark away before it looks a last time whether someone came. */
    private void awaitClosing() throws InterruptedException {
        for (int i = 0; i < 200 && Files.exists(folder.resolve("router.closing")); i++) {
            Thread.sleep(5);
        }
    }

    private boolean removeLeftovers() throws IOException {
        boolean any = false;
        // The guard was killed, so what it started is looked for by what it was started with.
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            if (Leftovers.belongsTo(process.pid(), folder)) {
                process.destroyForcibly();
                any = true;
            }
        }
        Files.deleteIfExists(folder.resolve("router.closing"));
        Files.deleteIfExists(folder.resolve("router"));
        return any;
    }
}
