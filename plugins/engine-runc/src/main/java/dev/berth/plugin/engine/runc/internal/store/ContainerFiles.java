/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where the files of one container are. {@code engine/} is an OCI bundle; {@code engine/runs/N/} holds what the N-th
 * start left: the pid of the supervisor and of the first process, the exit code.
 */
public final class ContainerFiles {

    private final Path folder;
    private final Path volumes;

    /**
     * @param folder the container's folder
     * @param volumes where the engine keeps named volumes
     */
    public ContainerFiles(Path folder, Path volumes) {
        this.folder = folder;
        this.volumes = volumes;
    }

    /** The container's folder as its specification names it. */
    public Path folder() {
        return folder;
    }

    /** The writable layer. */
    public Path upper() {
        return folder.resolve("upper");
    }

    /** What overlayfs needs beside the writable layer. */
    public Path work() {
        return folder.resolve("work");
    }

    /** The folder of the logs. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** Where the first process' outputs go. */
    public Path log() {
        return folder.resolve("logs/console.log");
    }

    /** The older part of the log. */
    public Path olderLog() {
        return folder.resolve("logs/console.log.1");
    }

    /** The engine's own folder, an OCI bundle. */
    public Path bundle() {
        return folder.resolve("engine");
    }

    /** The specification; a container exists from the moment that it is there. */
    public Path record() {
        return bundle().resolve("container.properties");
    }

    /** The OCI configuration. */
    public Path config() {
        return bundle().resolve("config.json");
    }

    /** The published ports of the latest start. */
    public Path ports() {
        return bundle().resolve("ports.properties");
    }

    /** Where the supervisor mounts its network namespace, seen by nobody else. */
    public Path network() {
        return bundle().resolve("network");
    }

    /** Where the supervisor mounts the root file system, seen by nobody else. */
    public Path rootfs() {
        return bundle().resolve("rootfs");
    }

    /** Links with short names to the layers: mount(2) takes one page of options. */
    public Path links() {
        return bundle().resolve("l");
    }

    /** Mounted over the guest's file of that name. */
    public Path hosts() {
        return bundle().resolve("hosts");
    }

    /** Mounted over the guest's file of that name. */
    public Path hostname() {
        return bundle().resolve("hostname");
    }

    /** Mounted over the guest's file of that name. */
    public Path resolvConf() {
        return bundle().resolve("resolv.conf");
    }

    /** The shell script that runs the container. */
    public Path supervisor() {
        return bundle().resolve("supervise.sh");
    }

    /** A named volume. */
    public Path volume(String name) {
        return volumes.resolve(name);
    }

    /** One start of the container. */
    public Path run(long number) {
        return bundle().resolve("runs").resolve(Long.toString(number));
    }

    /** The number of the latest start; 0 if it was never started. */
    public long latestRun() throws IOException {
        List<Long> runs = runs();
        return runs.isEmpty() ? 0 : Collections.max(runs);
    }

    /** The numbers of all starts whose files are still there. */
    public List<Long> runs() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(bundle().resolve("runs"))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.matches("[0-9]{1,15}")) {
                    numbers.add(Long.parseLong(name));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return numbers;
    }

    /** The folders that make up the guest's root, highest first. */
    public LayeredFiles guest(ImageRecord image) {
        List<Path> roots = new ArrayList<>();
        roots.add(upper());
        for (String layer : image.layers()) {
            roots.add(1, Path.of(layer));
        }
        return new LayeredFiles(roots);
    }
}
