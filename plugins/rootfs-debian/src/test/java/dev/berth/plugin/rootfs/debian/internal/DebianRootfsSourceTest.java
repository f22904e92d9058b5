/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.image.Platform;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.rootfs.debian.internal.repository.FileServer;
import dev.berth.plugin.rootfs.debian.internal.repository.SigningKey;
import dev.berth.plugin.rootfs.debian.internal.repository.TestRepository;
import dev.berth.testkit.rootfs.FolderImageWriter;
import dev.berth.testkit.rootfs.RootfsSourceContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the source to the contract, with an archive made by Debian's tools. */
class DebianRootfsSourceTest extends RootfsSourceContract {

    @TempDir
    static Path archive;

    private static SigningKey key;
    private static TestRepository repository;
    private static FileServer server;

    private int caches;

    @BeforeAll
    static void publish() throws Exception {
        key = new SigningKey(archive);
        repository = new TestRepository(archive)
                .add(
                        "base-files",
                        "12",
                        "Essential: yes\nPriority: required",
                        Map.of("etc/os-release", "ID=debian\n", "usr/share/base-files/motd", "hello\n"))
                .add("libone", "1.0", "Multi-Arch: same", Map.of("lib/libone.so", "binary"))
                .add(
                        "hello",
                        "2.10-3",
                        "Depends: libone (>= 1.0)\nRecommends: hello-doc",
                        Map.of(
                                "usr/bin/hello",
                                "#!/bin/sh\n",
                                "etc/hello.conf",
                                "a=b\n",
                                "DEBIAN/conffiles",
                                "/etc/hello.conf\n"))
                .add("hello-doc", "2.10-3", "Architecture: all", Map.of("usr/share/doc/hello/x", "text"))
                .publish(key);
        server = new FileServer(archive);
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
        key.close();
    }

    @Override
    protected RootfsSource source() throws Exception {
        return new DebianRootfsSource(
                repository.hostSources(server.address("debian"), key.ring()),
                folder.resolve("cache-" + caches++),
                Clock.systemUTC());
    }

    @Override
    protected RootfsRequest request() {
        return new RootfsRequest(
                RootfsReference.parse("debian:" + TestRepository.SUITE),
                new Platform("linux", "amd64", ""),
                List.of("hello"),
                false,
                Map.of());
    }

    @Override
    protected RootfsReference missing() {
        return RootfsReference.parse("debian:no-such-suite");
    }

    @Override
    protected String knownPath() {
        return "etc/os-release";
    }

    @Test
    void theTreeIsThatOfItsPackages() throws Exception {
        FolderImageWriter writer = fetched(request());

        assertThat(writer.entries().stream().map(line -> line.substring(0, line.indexOf(' '))))
                .contains("etc/os-release", "usr/lib/libone.so", "usr/bin/hello", "etc/hello.conf")
                .contains("var/lib/dpkg/info/libone:amd64.list", "var/lib/dpkg/status")
                .doesNotContain("usr/share/doc/hello/x", "lib/libone.so");
        assertThat(writer.entries()).anyMatch(line -> line.startsWith("lib 2 ") && line.endsWith(" usr/lib"));
    }

    @Test
    void recommendedPackagesComeOnRequest() throws Exception {
        RootfsRequest wanted = new RootfsRequest(
                request().reference(), request().platform(), request().packages(), true, Map.of());

        assertThat(fetched(wanted).entries()).anyMatch(line -> line.startsWith("usr/share/doc/hello/x "));
    }

    @Test
    void theNamesOfEarlierDownloadsAreNotTrusted() throws Exception {
        fetched(request());
        Path downloads = folder.resolve("downloads/debian");
        try (var files = Files.list(downloads)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                // As a power cut leaves files: of the right length, and empty.
                Files.write(file, new byte[bytes.length]);
            }
        }

        assertThat(fetched(request()).entries()).anyMatch(line -> line.startsWith("etc/os-release "));
    }

    private FolderImageWriter fetched(RootfsRequest wanted) throws Exception {
        RootfsSource source = source();
        RootfsResolution resolution = source.resolve(wanted, TaskContext.silent());
        FolderImageWriter writer =
                new FolderImageWriter(folder.resolve("layers-" + caches++), folder.resolve("downloads"));
        source.fetch(resolution, writer, TaskContext.silent());
        return writer;
    }
}
