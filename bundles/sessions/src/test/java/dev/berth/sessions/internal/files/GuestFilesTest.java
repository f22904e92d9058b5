/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.berth.api.error.SessionException;
import dev.berth.api.task.TaskContext;
import dev.berth.images.tar.TarEntry;
import dev.berth.images.tar.TarWriter;
import dev.berth.sessions.SessionManager;
import dev.berth.sessions.files.GuestFile;
import dev.berth.sessions.files.GuestFiles;
import dev.berth.testkit.engine.HostContainer;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files to and from a guest, whose commands are the real ones: GNU's, and BusyBox's. */
class GuestFilesTest {

    private static final String GNU = "/usr/bin:/bin";
    private static final TaskContext TASK = TaskContext.silent();

    @TempDir
    Path temp;

    private Path host;
    private Path guest;

    @BeforeEach
    void makeFolders() throws Exception {
        host = Files.createDirectory(temp.resolve("host"));
        guest = Files.createDirectory(temp.resolve("guest"));
    }

    private GuestFiles files(String tools) throws Exception {
        String path = GNU;
        if (tools.equals("busybox")) {
            Path folder = Files.createDirectory(temp.resolve("tools"));
            for (String tool : List.of("find", "stat", "tar", "mkdir", "rm", "mv", "cp", "du", "id")) {
                program(folder.resolve(tool), "exec /bin/busybox " + tool + " \"$@\"");
            }
            path = folder.toString();
        }
        return new DefaultGuestFiles(sessions(path));
    }

    /** Sessions of which there is one, whose user's home is the guest's folder. */
    private SessionManager sessions(String path) {
        return (SessionManager) Proxy.newProxyInstance(
                SessionManager.class.getClassLoader(),
                new Class<?>[] {SessionManager.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "container" -> HostContainer.of(guest, path);
                    case "user" -> "user";
                    case "environment" -> Map.of();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "busybox"})
    void foldersGoThereAndBack(String tools) throws Exception {
        GuestFiles files = files(tools);
        Path tree = Files.createDirectories(host.resolve("tree/deep er"));
        Files.writeString(tree.resolve("a\nb ü.txt"), "words");
        Files.write(tree.resolve("-big"), new byte[300_000]);
        Files.createSymbolicLink(host.resolve("tree/link"), Path.of("deep er/-big"));
        Path program = Files.writeString(host.resolve("tree/" + "n".repeat(200)), "#!/bin/sh");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.setLastModifiedTime(program, FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));

        assertThat(files.home("s", TASK)).isEqualTo(guest.toString());
        String desktop = files.desktop("s", TASK);
        assertThat(desktop).isEqualTo(guest + "/Desktop");
        assertThat(files.copyIn("s", Map.of(host.resolve("tree"), "tree (2)"), desktop, TASK))
                .isZero();
        assertThat(files.list("s", desktop, TASK))
                .extracting(GuestFile::name, GuestFile::folder)
                .containsExactly(tuple("tree (2)", true));
        assertThat(files.list("s", desktop + "/tree (2)", TASK))
                .extracting(GuestFile::name, GuestFile::kind, GuestFile::folder)
                .containsExactlyInAnyOrder(
                        tuple("deep er", GuestFile.Kind.FOLDER, true),
                        tuple("link", GuestFile.Kind.LINK, false),
                        tuple("n".repeat(200), GuestFile.Kind.FILE, false));
        assertThat(files.list("s", desktop + "/tree (2)/deep er", TASK))
                .extracting(GuestFile::name, GuestFile::size)
                .containsExactlyInAnyOrder(tuple("a\nb ü.txt", 5L), tuple("-big", 300_000L));

        Path back = Files.createDirectory(temp.resolve("back"));
        assertThat(files.copyOut("s", desktop, Map.of("tree (2)", "tree"), back, TASK))
                .isZero();
        assertThat(content(back)).isEqualTo(content(host));
        assertThat(Files.isExecutable(back.resolve("tree/" + program.getFileName())))
                .isTrue();
        assertThat(Files.getLastModifiedTime(back.resolve("tree/" + program.getFileName())))
                .isEqualTo(Files.getLastModifiedTime(program));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "busybox"})
    void filesAreReplacedAndFoldersMergedAndNothingElse(String tools) throws Exception {
        GuestFiles files = files(tools);
        for (Path side : List.of(host, guest)) {
            Files.createDirectories(side.resolve("both"));
            Files.writeString(side.resolve("both/same"), side.getFileName().toString());
            Files.writeString(side.resolve("both/of " + side.getFileName()), "");
        }
        files.copyIn("s", Map.of(host.resolve("both"), "both"), guest.toString(), TASK);
        assertThat(guest.resolve("both/same")).hasContent("host");
        assertThat(guest.resolve("both/of guest")).exists();
        assertThat(guest.resolve("both/of host")).exists();

        Files.writeString(guest.resolve("both/same"), "guest");
        files.copyOut("s", guest.toString(), Map.of("both", "both"), host, TASK);
        assertThat(host.resolve("both/same")).hasContent("guest");
        assertThat(host.resolve("both/of guest")).exists();

        Files.writeString(host.resolve("plain"), "");
        assertThatThrownBy(() -> files.copyIn("s", Map.of(host.resolve("plain"), "both"), guest.toString(), TASK))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("both is a folder");
        assertThatThrownBy(() -> files.copyOut("s", guest.toString(), Map.of("both", "plain"), host, TASK))
                .isInstanceOf(SessionException.class);
        assertThatThrownBy(() -> files.list("s", guest + "/none", TASK)).isInstanceOf(SessionException.class);
        assertNothingIsLeft();
    }

    @Test
    void aCopyThatIsCancelledLeavesNothing() throws Exception {
        GuestFiles files = files("gnu");
        try (java.io.RandomAccessFile large =
                new java.io.RandomAccessFile(host.resolve("large").toFile(), "rw")) {
            large.setLength(4L << 30);
        }
        Thread copier = new Thread(() -> {
            try {
                files.copyIn("s", Map.of(host.resolve("large"), "large"), guest.toString(), TASK);
            } catch (dev.berth.api.error.BerthException | InterruptedException e) {
                // As it should be.
            }
        });
        copier.start();
        while (list(guest).isEmpty()) {
            Thread.sleep(5);
        }
        copier.interrupt();
        copier.join(30_000);
        assertThat(copier.isAlive()).isFalse();
        assertThat(list(guest)).isEmpty();
    }

    @Test
    void whatAGuestSendsStaysInTheFolder() throws Exception {
        Path evil = Files.createDirectory(temp.resolve("evil"));
        try (OutputStream out = Files.newOutputStream(temp.resolve("archive"))) {
            TarWriter tar = new TarWriter(out);
            tar.file("../escaped", "x".getBytes(UTF_8), 0644, 0, 0, 0);
            tar.file("a/../../escaped", "x".getBytes(UTF_8), 0644, 0, 0, 0);
            tar.file(temp + "/escaped", "x".getBytes(UTF_8), 0644, 0, 0, 0);
            link(tar, "a/up", TarEntry.SYMLINK, "../..");
            link(tar, "a/absolute", TarEntry.SYMLINK, temp.toString());
            link(tar, "a/winding", TarEntry.SYMLINK, "b/../../..");
            link(tar, "a/hard", TarEntry.HARD_LINK, "../secret");
            link(tar, "a/hardAbsolute", TarEntry.HARD_LINK, "/etc/hostname");
            link(tar, "a/device", TarEntry.CHARACTER_DEVICE, "");
            link(tar, "a/within", TarEntry.SYMLINK, "../a/b");
            link(tar, "a/within/below", TarEntry.SYMLINK, "../x");
            tar.file("a/b/file", "y".getBytes(UTF_8), 04755, 0, 0, 0);
            tar.finish();
        }
        program(evil.resolve("tar"), "exec cat " + temp.resolve("archive"));
        Files.writeString(temp.resolve("secret"), "secret");
        GuestFiles files = new DefaultGuestFiles(sessions(evil + ":" + GNU));

        assertThat(files.copyOut("s", guest.toString(), Map.of("a", "a"), host, TASK))
                .isEqualTo(10);
        assertThat(temp.resolve("escaped")).doesNotExist();
        assertThat(content(host)).containsOnlyKeys("a", "a/b", "a/b/file", "a/within");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host.resolve("a/b/file"))))
                .startsWith("rwx");
        assertThat(Files.readSymbolicLink(host.resolve("a/within"))).isEqualTo(Path.of("../a/b"));
        assertNothingIsLeft();
    }

    private static void program(Path file, String script) throws Exception {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static void link(TarWriter tar, String name, char type, String target) throws Exception {
        tar.entry(new TarEntry(name, type, 0777, 0, 0, 0, target, 0, 0, 0, 0, Map.of(), List.of()));
    }

    private void assertNothingIsLeft() throws Exception {
        assertThat(list(host)).noneMatch(name -> name.startsWith("."));
        assertThat(list(guest)).noneMatch(name -> name.startsWith("."));
    }

    private static List<String> list(Path folder) throws Exception {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(it -> it.getFileName().toString()).toList();
        }
    }

    /** What lies in a folder: hash of a file, target of a link. */
    private static Map<String, Object> content(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(it -> !it.equals(folder))
                    .collect(Collectors.toMap(
                            it -> folder.relativize(it).toString(), GuestFilesTest::what, (a, b) -> a, TreeMap::new));
        }
    }

    private static Object what(Path file) {
        try {
            return Files.isSymbolicLink(file)
                    ? Files.readSymbolicLink(file).toString()
                    : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                            ? "folder"
                            : java.util.Arrays.hashCode(Files.readAllBytes(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
