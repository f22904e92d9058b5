/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.store;

import dev.berth.plugin.engine.runc.internal.host.Cgroups;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What one start of a container came to, read from what its supervisor wrote. */
public final class RunState {

    /** What the supervisor starts from. */
    public static final String SETTINGS = "settings";

    private final Path folder;

    private RunState(Path folder) {
        this.folder = folder;
    }

    /** The latest start of a container; empty if it was never started. */
    public static Optional<RunState> latest(ContainerFiles files) throws IOException {
        long number = files.latestRun();
        return number == 0 ? Optional.empty() : Optional.of(new RunState(files.run(number)));
    }

    /** A start by its folder. */
    public static RunState in(Path folder) {
        return new RunState(folder);
    }

    /** The folder of this start. */
    public Path folder() {
        return folder;
    }

    /** Whether the container's first process was ever started. */
    public boolean begun() {
        return Files.exists(folder.resolve("init.pid"));
    }

    /** The exit code, if the supervisor saw the end. */
    public OptionalInt exitCode() {
        if (!begun()) {
            return OptionalInt.empty();
        }
        return Proc.read(folder.resolve("exit"))
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,3}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElse(OptionalInt.empty());
    }

    /** Whether the supervisor saw the end. */
    public boolean ended() {
        return Files.exists(folder.resolve("exit"));
    }

    /** Why it could not be started. */
    public Optional<String> failure() {
        return Proc.read(folder.resolve("failure")).map(String::strip);
    }

    /** The supervisor's pid, if it lives. */
    public OptionalLong supervisor() {
        String[] words =
                Proc.read(folder.resolve("supervisor")).orElse("").strip().split(" ");
        if (words.length != 3 || !words[2].equals(Proc.bootId()) || !words[0].matches("[0-9]{1,10}")) {
            return OptionalLong.empty();
        }
        long pid = Long.parseLong(words[0]);
        return Proc.alive(pid, words[1]) ? OptionalLong.of(pid) : OptionalLong.empty();
    }

    /**
     * Calls off a start whose Berth was killed after it asked for a supervisor and before that was there. One that is
     * there, or comes at this very moment, is found by {@link #supervisor()} afterwards. The caller holds the
     * container's lock.
     */
    public void callOff() throws IOException {
        if (supervisor().isEmpty()) {
            Files.deleteIfExists(folder.resolve(SETTINGS));
        }
    }

    /** The pid of the first process on this host, if it lives. */
    public OptionalLong init() {
        if (ended()) {
            return OptionalLong.empty();
        }
        String text = Proc.read(folder.resolve("init.pid")).orElse("").strip();
        if (!text.matches("[0-9]{1,10}") || !sameBoot()) {
            return OptionalLong.empty();
        }
        long pid = Long.parseLong(text);
        // The number may be another process' by now, but hardly the first of another pid namespace.
        return Proc.isNamespaceInit(pid) ? OptionalLong.of(pid) : OptionalLong.empty();
    }

    /** Whether the first process runs or is frozen. */
    public boolean running() {
        return init().isPresent();
    }

    /** Whether the first process is frozen. */
    public boolean paused() {
        OptionalLong pid = init();
        return pid.isPresent()
                && Cgroups.of(pid.getAsLong()).filter(Cgroups::frozen).isPresent();
    }

    private boolean sameBoot() {
        return Proc.read(folder.resolve("supervisor"))
                .filter(text -> text.strip().endsWith(" " + Proc.bootId()))
                .isPresent();
    }
}
