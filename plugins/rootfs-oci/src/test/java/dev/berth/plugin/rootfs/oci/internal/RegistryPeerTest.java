/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.BerthException;
import dev.berth.api.image.Platform;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import dev.berth.testkit.rootfs.FolderImageWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls from Debian's registry while it dies, has lost bytes, or asks who is there. */
class RegistryPeerTest {

    private static final String PASSWORD = "correct horse";
    /** {@link #PASSWORD} as bcrypt, which is the only kind that docker-registry takes. */
    private static final String BCRYPT = "$2b$05$slaIi1BCNipY0nJs11qChudMmj4z8PJ7FoSGe.dYxUWQPuiKIh21S";

    @TempDir
    static Path data;

    private static DockerRegistry registry;

    @TempDir
    Path folder;

    private FolderImageWriter writer;

    @BeforeAll
    static void publish() throws Exception {
        registry = new DockerRegistry(data.resolve("registry"));
        registry.push("base/large:one", 8 << 20);
        registry.push("base/short:one", 2_000_000);
        registry.push("base/zstd:one", new TestImages(data).add(Platform.host().architecture(), 100_000, true));
        registry.push(
                "base/many:one",
                new TestImages(data)
                        .add("amd64", 1_000, false)
                        .add("arm64", 1_100, false)
                        .add("s390x", 1_200, true));
    }

    @AfterAll
    static void end() throws Exception {
        registry.close();
    }

    @BeforeEach
    void makeWriter() throws IOException {
        writer = new FolderImageWriter(folder.resolve("w"), folder.resolve("d"));
    }

    private static RootfsSource source() {
        return new OciRootfsSource(new Credentials(data.resolve("none.json")));
    }

    private RootfsResolution pull(RootfsSource source, int port, String name) throws Exception {
        RootfsResolution resolution =
                source.resolve(RootfsRequest.of("oci:127.0.0.1:" + port + "/" + name), TaskContext.silent());
        source.fetch(resolution, writer, TaskContext.silent());
        return resolution;
    }

    @Test
    void goesOnAfterTheServerWasKilledThreeTimes() throws Exception {
        try (BreakingProxy proxy = new BreakingProxy(registry.port)) {
            proxy.onBreak(() -> {
                try {
                    registry.kill();
                    registry.start();
                } catch (Exception e) {
                    throw new IOException(e);
                }
            });
            proxy.breakAfter(2 << 20, 3);

            pull(source(), proxy.port(), "base/large:one");

            assertThat(proxy.broken()).isEqualTo(3);
            assertThat(writer.entries()).anyMatch(entry -> entry.startsWith("noise "));
            // What came before a kill was not asked for again.
            assertThat(proxy.passed()).isLessThan(12L << 20);
        }
    }

    @Test
    void refusesALayerThatTheServerHasLostTheEndOf() throws Exception {
        RootfsSource source = source();
        RootfsResolution resolution = source.resolve(
                RootfsRequest.of("oci:127.0.0.1:" + registry.port + "/base/short:one"), TaskContext.silent());
        Path blob;
        try (var blobs = Files.walk(registry.data())) {
            blob = blobs.filter(file -> file.endsWith("data"))
                    .filter(file ->
                            file.toFile().length() > 2_000_000 && file.toFile().length() < 4_000_000)
                    .findFirst()
                    .orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(blob, StandardOpenOption.WRITE)) {
            channel.truncate(1_500_000);
        }

        assertThatThrownBy(() -> source.fetch(resolution, writer, TaskContext.silent()))
                .isInstanceOfSatisfying(
                        BerthException.class, e -> assertThat(e.code()).isEqualTo("rootfs.digest"));

        assertThat(writer.layers()).isEmpty();
        assertThat(folder.resolve("d/oci")).isEmptyDirectory();
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenThereIsSpace() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        TestImages.run("mount", "-t", "tmpfs", "-o", "size=3m", "berth-test", disk.toString());
        try {
            writer = new FolderImageWriter(folder.resolve("w"), disk);
            assertThatThrownBy(() -> pull(source(), registry.port, "base/large:one"))
                    .isInstanceOfSatisfying(
                            BerthException.class, e -> assertThat(e).hasRootCauseMessage("No space left on device"));
            assertThat(writer.layers()).isEmpty();
            TestImages.run("mount", "-o", "remount,size=16m", disk.toString());

            pull(source(), registry.port, "base/large:one");

            assertThat(writer.entries()).anyMatch(entry -> entry.startsWith("noise "));
            assertThat(disk.resolve("oci")).isEmptyDirectory();
        } finally {
            TestImages.run("umount", disk.toString());
        }
    }

    @Test
    void takesLayersInZstd() throws Exception {
        pull(source(), registry.port, "base/zstd:one");

        assertThat(writer.layers()).hasSize(1);
        assertThat(writer.layers().get(0).mediaType()).endsWith("+zstd");
        assertThat(writer.entries()).anyMatch(entry -> entry.startsWith("etc/os-release "));
    }

    @Test
    void choosesFromAnIndexByPlatform() throws Exception {
        RootfsReference reference = RootfsReference.parse("oci:127.0.0.1:" + registry.port + "/base/many:one");
        for (String architecture : List.of("amd64", "arm64", "s390x")) {
            FolderImageWriter own =
                    new FolderImageWriter(folder.resolve(architecture), folder.resolve(architecture + "-d"));
            RootfsResolution resolution = source().resolve(
                            new RootfsRequest(
                                    reference, new Platform("linux", architecture, ""), List.of(), false, Map.of()),
                            TaskContext.silent());
            source().fetch(resolution, own, TaskContext.silent());
            assertThat(own.entries()).anyMatch(entry -> entry.startsWith("for-" + architecture));
        }
        RootfsRequest none =
                new RootfsRequest(reference, new Platform("linux", "riscv64", ""), List.of(), false, Map.of());
        assertThatThrownBy(() -> source().resolve(none, TaskContext.silent()))
                .isInstanceOfSatisfying(
                        BerthException.class, e -> assertThat(e.code()).isEqualTo("rootfs.oci.platform"));
    }

    @Test
    void getsATokenWithThePasswordThatAHelperKnows() throws Exception {
        try (TokenServer tokens = new TokenServer(folder.resolve("tokens"), "someone", PASSWORD);
                DockerRegistry guarded =
                        new DockerRegistry(folder.resolve("guarded"), registry.data(), tokens.configuration())) {
            Path helper = folder.resolve("helper-test");
            Files.writeString(
                    helper,
                    "#!/bin/sh\nread server\n[ \"$1 $server\" = 'get 127.0.0.1:" + guarded.port
                            + "' ] && printf '{\"Username\":\"someone\",\"Secret\":\"" + PASSWORD + "\"}'\n");
            Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
            Path config = Files.writeString(
                    folder.resolve("config.json"), "{\"credHelpers\":{\"127.0.0.1:" + guarded.port + "\":\"test\"}}");

            pull(
                    new OciRootfsSource(new Credentials(config, folder.resolve("helper-") + "")),
                    guarded.port,
                    "base/zstd:one");

            assertThat(writer.layers()).hasSize(1);
            assertThat(tokens.given.get()).isPositive();
            assertThatThrownBy(() -> pull(source(), guarded.port, "base/zstd:one"))
                    .isInstanceOfSatisfying(
                            BerthException.class, e -> assertThat(e.code()).isEqualTo("rootfs.oci.denied"));
        }
    }

    @Test
    void logsInWithAPassword() throws Exception {
        Path users = Files.writeString(folder.resolve("htpasswd"), "someone:" + BCRYPT + "\n");
        String auth = "auth:\n  htpasswd:\n    realm: test\n    path: " + users + "\n";
        try (DockerRegistry guarded = new DockerRegistry(folder.resolve("guarded"), registry.data(), auth)) {
            String pair = Base64.getEncoder().encodeToString(("someone:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            Path config = Files.writeString(
                    folder.resolve("config.json"),
                    "{\"auths\":{\"127.0.0.1:" + guarded.port + "\":{\"auth\":\"" + pair + "\"}}}");

            pull(new OciRootfsSource(new Credentials(config)), guarded.port, "base/zstd:one");

            assertThat(writer.layers()).hasSize(1);
        }
    }
}
