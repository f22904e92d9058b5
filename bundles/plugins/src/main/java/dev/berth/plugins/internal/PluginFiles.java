/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.platform.home.AtomicFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How plugins lie in the {@code plugins} folder of the home: {@code NAME.jar} runs, {@code NAME.jar.off} does not, {@code NAME.jar.old} was there
 * before the last update, {@code NAME.properties} says where the jar came from, what it hashes to and who signed it.
 */
final class PluginFiles {

    static final String SOURCE = "source";
    static final String DIGEST = "sha256";
    static final String SIGNER = "signer";
    /** While a jar is replaced: the SHA-256 of the one before. The launcher takes either, so that there is no moment at which none fits. */
    static final String DIGEST_BEFORE = "sha256.before";

    private static final String JAR = ".jar";
    private static final String OFF = ".jar.off";
    private static final String OLD = ".jar.old";
    private static final String RECORD = ".properties";

    private final Path folder;

    PluginFiles(Path folder) {
        this.folder = folder;
    }

    /** Returns the names of files that are plugins; of what was put there by hand the file's name without its ending. */
    TreeSet<String> names() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    String name = String.valueOf(file.getFileName());
                    for (String end : new String[] {JAR, OFF}) {
                        if (name.endsWith(end) && !name.startsWith(".")) {
                            names.add(name.substring(0, name.length() - end.length()));
                        }
                    }
                }
            }
        }
        return names;
    }

    /** Returns the jar, whether it is switched on or off. */
    Optional<Path> jar(String name) {
        Path on = on(name);
        Path off = folder.resolve(name + OFF);
        return Files.isRegularFile(on)
                ? Optional.of(on)
                : Files.isRegularFile(off) ? Optional.of(off) : Optional.empty();
    }

    Path on(String name) {
        return folder.resolve(name + JAR);
    }

    boolean enabled(String name) {
        return Files.isRegularFile(on(name));
    }

    Path old(String name) {
        return folder.resolve(name + OLD);
    }

    Properties record(String name) throws IOException {
        return read(folder.resolve(name + RECORD));
    }

    private static Properties read(Path file) throws IOException {
        Properties record = new Properties();
        if (Files.isRegularFile(file)) {
            record.load(new StringReader(Files.readString(file)));
        }
        return record;
    }

    /** A name in the folder that whoever follows it passes over. */
    Path temporary() throws IOException {
        return AtomicFiles.temporary(Files.createDirectories(folder).resolve("incoming"));
    }

    /**
     * Puts a jar in place; one that is there is kept as the old one. The record is written first, and fits both: whoever looks, or comes after a
     * kill, finds a jar that may run.
     */
    void put(String name, Path jar, Properties record) throws IOException {
        Optional<Path> present = jar(name);
        if (present.isPresent()) {
            Files.copy(present.get(), old(name), StandardCopyOption.REPLACE_EXISTING);
            AtomicFiles.write(folder.resolve(name + OLD + RECORD), text(record(name)));
        }
        replace(name, jar, present.orElse(on(name)), record);
    }

    private void replace(String name, Path jar, Path target, Properties record) throws IOException {
        Properties both = new Properties();
        both.putAll(record);
        both.setProperty(DIGEST_BEFORE, record(name).getProperty(DIGEST, ""));
        AtomicFiles.write(folder.resolve(name + RECORD), text(both));
        move(jar, target);
        AtomicFiles.write(folder.resolve(name + RECORD), text(record));
    }

    void rollBack(String name) throws IOException {
        Properties before = read(folder.resolve(name + OLD + RECORD));
        replace(name, old(name), jar(name).orElse(on(name)), before);
        Files.deleteIfExists(folder.resolve(name + OLD + RECORD));
    }

    void enable(String name, boolean enabled) throws IOException {
        Path off = folder.resolve(name + OFF);
        if (enabled) {
            move(off, on(name));
        } else {
            Files.move(on(name), off, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The time tells every Berth that the jar is another, also one that is older than what it replaces. */
    private static void move(Path from, Path to) throws IOException {
        Files.setLastModifiedTime(from, FileTime.from(Instant.now()));
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void remove(String name) throws IOException {
        for (String end : new String[] {JAR, OFF, OLD, OLD + RECORD, RECORD}) {
            Files.deleteIfExists(folder.resolve(name + end));
        }
    }

    private static String text(Properties record) throws IOException {
        StringWriter text = new StringWriter();
        record.store(text, null);
        return text.toString();
    }
}
