/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Platform;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.rootfs.debian.internal.repository.FileServer;
import dev.berth.plugin.rootfs.debian.internal.repository.SigningKey;
import dev.berth.plugin.rootfs.debian.internal.repository.TarBytes;
import dev.berth.plugin.rootfs.debian.internal.repository.TestRepository;
import dev.berth.testkit.rootfs.FolderImageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages made to do harm, in an archive that is signed as it should be. */
class HostilePackageTest {

    private static final long EIGHT_GIB = (8L << 30) - 1;

    @TempDir
    static Path archive;

    private static SigningKey key;
    private static TestRepository repository;
    private static FileServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void publish() throws Exception {
        key = new SigningKey(archive);
        repository = new TestRepository(archive)
                .add("base-files", "12", "Essential: yes\nPriority: required", Map.of("etc/os-release", "ID=debian\n"));
        evil("up", tar -> tar.file("./../../etc/evil", "x"));
        evil("absolute", tar -> tar.file("/etc/evil", "x"));
        evil("through", tar -> tar.link("usr/evil", "/etc").file("usr/evil/passwd", "x"));
        evil("through-up", tar -> tar.link("usr/evil", "../../..").file("usr/evil/home/x", "x"));
        evil("hard-up", tar -> tar.hardLink("usr/evil", "../../etc/shadow"));
        evil("hard-absolute", tar -> tar.hardLink("usr/evil", "/etc/shadow"));
        evil("hard-other", tar -> tar.hardLink("usr/evil", "etc/os-release"));
        evil("hard-link", tar -> tar.link("usr/a", "/etc/shadow").hardLink("usr/b/../a", "usr/a"));
        evil("device", tar -> tar.header("dev/sda", '4', "", 0));
        evil("character", tar -> tar.header("dev/mem", '3', "", 0));
        evil("pipe", tar -> tar.header("run/pipe", '6', "", 0));
        evil("bomb", tar -> tar.header("usr/bomb", '0', "", EIGHT_GIB));
        evil("negative", tar -> tar.header("usr/x\n/etc/passwd", '0', "", 0));
        evil("steals", tar -> tar.file("etc/os-release", "ID=evil\n"));
        evil("below-file", tar -> tar.file("etc/os-release/x", "x"));
        evil("circle", tar -> tar.link("usr/a", "b").link("usr/b", "a").file("opt/x", "x"));
        repository.addPacked("padding", "", gzip(out -> out.write(new byte[64 << 20])));
        repository.addPacked("million", "", gzip(HostilePackageTest::manyEntries));
        repository.addPacked("extensions", "", gzip(HostilePackageTest::manyExtensions));
        byte[] whole = gzip(out -> out.write(TarBytes.of(tar -> tar.file("usr/x", "x".repeat(100_000)))));
        repository.addPacked("torn", "", Arrays.copyOf(whole, whole.length / 2));
        repository.addPacked("garbage", "", new byte[1000]);
        repository.addRaw("elsewhere", "", TarBytes.of(tar -> tar.link("opt/out", "../../../../outside")));
        repository.addRaw("guest", "Depends: elsewhere", TarBytes.of(tar -> tar.file("opt/out/file", "x")));
        repository.publish(key);
        server = new FileServer(archive);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
        key.close();
    }

    private static void evil(String name, TarBytes.Writing writing) throws IOException {
        repository.addRaw(name, "", TarBytes.of(writing));
    }

    /** Writes bytes. */
    private interface Bytes {
        void write(OutputStream out) throws IOException;
    }

    private static byte[] gzip(Bytes bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed, 1 << 16) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            bytes.write(gzip);
        }
        return packed.toByteArray();
    }

    private static void manyEntries(OutputStream out) throws IOException {
        repeat(out, tar -> tar.folder("usr/many"));
    }

    private static void manyExtensions(OutputStream out) throws IOException {
        repeat(out, tar -> tar.header("x", 'x', "", 0));
    }

    /** A little more than there may be. */
    private static void repeat(OutputStream out, TarBytes.Writing writing) throws IOException {
        ByteArrayOutputStream thousand = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            writing.write(new TarBytes(thousand));
        }
        for (int i = 0; i < 251; i++) {
            thousand.writeTo(out);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "up, a path that leads out of the tree: ./../../etc/evil",
        "absolute, an absolute path: /etc/evil",
        "through, an entry below a symbolic link of its own: usr/evil goes through usr/evil",
        "through-up, an entry below a symbolic link of its own",
        "hard-up, a path that leads out of the tree: ../../etc/shadow",
        "hard-absolute, an absolute path: /etc/shadow",
        "hard-other, a hard link to what is not a file of the package: usr/evil",
        "hard-link, a path that leads out of the tree: usr/b/../a",
        "device, a device node: dev/sda",
        "character, a device node: dev/mem",
        "pipe, an entry of type '6': run/pipe",
        "bomb, more than 1073741824 bytes",
        "negative, a malformed path",
        "steals, etc/os-release is in base-files too",
        "below-file, a path that goes through a file",
        "million, more than 250000 entries",
        "extensions, more than 250000 entries",
        "padding, more than padding after the end of the files",
    })
    void isRefusedByNameAndReason(String name, String reason) {
        assertThatThrownBy(() -> fetch(name)).isInstanceOfSatisfying(RootfsException.class, e -> {
            assertThat(e.code()).isEqualTo("rootfs.package.refused");
            assertThat(e.summary()).startsWith("The package " + name + " was refused: " + reason);
            assertThat(e.detail()).contains("/pool/" + name + ".deb");
        });
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"torn, Unexpected end of ZLIB input stream", "garbage, Not in GZIP format"})
    void whatCannotBeReadIsToldByNameAndCause(String name, String cause) {
        assertThatThrownBy(() -> fetch(name))
                .isInstanceOf(RootfsException.class)
                .hasMessage("The package " + name + " could not be unpacked: " + cause + ".");
        assertNothingIsLeft();
    }

    @Test
    void linksThatLeadOutOfTheTreeStayInIt() throws Exception {
        assertThat(fetch("guest").entries())
                .anyMatch(line -> line.startsWith("outside/file 0 "))
                .noneMatch(line -> line.startsWith("opt/out/"));
    }

    @Test
    void linksInACircleAreHarmlessUntilSomeoneGoesThrough() throws Exception {
        assertThat(fetch("circle").entries()).anyMatch(line -> line.startsWith("opt/x 0 "));
    }

    private void assertNothingIsLeft() {
        assertThat(folder.resolve("layers")).isEmptyDirectory();
    }

    private FolderImageWriter fetch(String name) throws Exception {
        Path etc = repository.hostSources(server.address("debian"), key.ring());
        DebianRootfsSource source = new DebianRootfsSource(etc, folder.resolve("cache"), Clock.systemUTC());
        RootfsResolution resolution = source.resolve(
                new RootfsRequest(
                        RootfsReference.parse("debian:" + TestRepository.SUITE),
                        new Platform("linux", "amd64", ""),
                        List.of(name),
                        false,
                        Map.of()),
                TaskContext.silent());
        Files.createDirectories(folder.resolve("downloads"));
        FolderImageWriter writer = new FolderImageWriter(folder.resolve("layers"), folder.resolve("downloads"));
        try {
            source.fetch(resolution, writer, TaskContext.silent());
            return writer;
        } finally {
            assertThat(writer.open()).isZero();
        }
    }
}
