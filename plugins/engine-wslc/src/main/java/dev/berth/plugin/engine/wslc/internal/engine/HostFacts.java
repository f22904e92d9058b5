/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is known of a host before any command is run.
 *
 * @param system as Java calls it: {@code Windows 11}, {@code Linux}
 * @param environment of this process
 * @param separator between the folders of a path list
 * @param exists whether a file is there
 */
record HostFacts(String system, Map<String, String> environment, String separator, Predicate<String> exists) {

    static HostFacts here() {
        return new HostFacts(System.getProperty("os.name", ""), System.getenv(), File.pathSeparator, HostFacts::isFile);
    }

    private static boolean isFile(String path) {
        try {
            return Files.isRegularFile(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    boolean windows() {
        return system.startsWith("Windows");
    }

    /** Windows 10 and the servers of its time, which never get WSL containers. */
    boolean tooOld() {
        return List.of("Windows 10", "Windows 8", "Windows 7", "Windows Server 2016", "Windows Server 2019").stream()
                .anyMatch(system::startsWith);
    }

    /** A program of WSL: where its installer puts it, else where the path leads. */
    Optional<String> program(String name) {
        String installed = variable("ProgramFiles") + "\\WSL\\" + name;
        if (exists.test(installed)) {
            return Optional.of(installed);
        }
        String system32 = variable("SystemRoot") + "\\System32\\" + name;
        if (exists.test(system32)) {
            return Optional.of(system32);
        }
        return Arrays.stream(variable("PATH").split(separator))
                // Never the current folder: whoever can write there could put a program of that name.
                .filter(folder -> folder.length() > 2 && !folder.startsWith("."))
                .map(folder -> folder + "\\" + name)
                .filter(exists)
                .findFirst();
    }

    private String variable(String name) {
        // Windows does not tell upper from lower case here.
        return environment.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(entry -> Objects.requireNonNullElse(entry.getValue(), ""))
                .findFirst()
                .orElse("");
    }
}
