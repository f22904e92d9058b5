/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.BerthException;
import dev.berth.api.image.Platform;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import dev.berth.testkit.rootfs.FolderImageWriter;
import dev.berth.testkit.rootfs.RootfsSourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes what tar, xz, gzip, zstd, skopeo and umoci write. */
class ArchiveRootfsSourceTest extends RootfsSourceContract {

    @TempDir
    static Path data;

    @BeforeAll
    static void write() throws Exception {
        run("sh", "-ec", """
                cd "$1"
                mkdir -p tree/etc tree/usr/bin tree/var/lib
                echo ID=test > tree/etc/os-release
                printf '[oobe]\\ncommand = /usr/lib/oobe.sh\\ndefaultUid=1000\\n[shortcut]\\nicon=/x.ico\\n' \
                    > tree/etc/wsl-distribution.conf
                head -c 300000 /dev/urandom > tree/usr/bin/noise
                long=$(printf 'n%.0s' $(seq 1 150))
                mkdir "tree/var/lib/$long"; echo x > "tree/var/lib/$long/$long"
                tar --format=posix --sort=name -C tree -cf root.tar .
                gzip -k root.tar; xz -k root.tar; zstd -q -k root.tar
                tar --format=gnu --sort=name -C tree -czf distribution.wsl .
                umoci init --layout layout
                umoci new --image layout:one
                for part in etc usr; do
                  umoci unpack --image layout:one bundle-$part
                  cp -a tree/$part bundle-$part/rootfs/
                  umoci repack --image layout:one bundle-$part
                  rm -r bundle-$part
                done
                umoci config --image layout:one --config.env A=b --config.workingdir /usr
                skopeo copy --insecure-policy oci:layout:one oci-archive:image.oci.tar:one
                skopeo copy --insecure-policy oci:layout:one docker-archive:saved.tar:test/one:tag
                """, "sh", data.toString());
    }

    static void run(String... argv) throws IOException, InterruptedException {
        Path out = Files.createTempFile("berth-run", "");
        try {
            Process run = new ProcessBuilder(List.of(argv))
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            if (!run.waitFor(60, TimeUnit.SECONDS) || run.exitValue() != 0) {
                run.destroyForcibly();
                throw new AssertionError(argv[0] + ": " + Files.readString(out));
            }
        } finally {
            Files.deleteIfExists(out);
        }
    }

    @Override
    protected RootfsSource source() {
        return new ArchiveRootfsSource();
    }

    @Override
    protected RootfsRequest request() {
        return request("root.tar.gz");
    }

    private static RootfsRequest request(String name) {
        return RootfsRequest.of("file:" + data.resolve(name));
    }

    @Override
    protected RootfsReference missing() {
        return RootfsReference.parse("file:" + data.resolve("none.tar"));
    }

    @Override
    protected String knownPath() {
        return "etc/os-release";
    }

    private FolderImageWriter writer() throws IOException {
        return new FolderImageWriter(folder.resolve("w"), folder.resolve("d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root.tar", "root.tar.gz", "root.tar.xz", "root.tar.zst", "distribution.wsl"})
    void takesArchivesOfFiles(String name) throws Exception {
        FolderImageWriter writer = writer();
        RootfsResolution resolution = source().resolve(request(name), TaskContext.silent());

        FetchedRootfs fetched = source().fetch(resolution, writer, TaskContext.silent());

        assertThat(writer.layers()).hasSize(1);
        assertThat(writer.open()).isZero();
        assertThat(writer.entries())
                .anyMatch(entry -> entry.matches("(\\./)?etc/os-release .*"))
                .anyMatch(entry -> entry.contains("n".repeat(150) + "/" + "n".repeat(150)));
        if (name.endsWith(".wsl") || name.endsWith(".xz")) {
            assertThat(fetched.config().labels())
                    .containsEntry("dev.berth.wsl.oobe.defaultUid", "1000")
                    .containsEntry("dev.berth.wsl.oobe.command", "/usr/lib/oobe.sh")
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layout", "image.oci.tar", "saved.tar"})
    void takesImages(String name) throws Exception {
        FolderImageWriter writer = writer();
        RootfsResolution resolution = source().resolve(request(name), TaskContext.silent());

        FetchedRootfs fetched = source().fetch(resolution, writer, TaskContext.silent());

        assertThat(writer.layers()).hasSize(2);
        assertThat(writer.entries())
                .anyMatch(entry -> entry.startsWith("etc/os-release "))
                .anyMatch(entry -> entry.startsWith("usr/bin/noise "));
        assertThat(fetched.config().environment()).containsEntry("A", "b");
        assertThat(fetched.config().workingFolder()).isEqualTo("/usr");
    }

    @Test
    void refusesWhatChangedSinceItWasResolved() throws Exception {
        Path file = Files.copy(data.resolve("root.tar.xz"), folder.resolve("x.tar.xz"));
        RootfsResolution resolution = source().resolve(RootfsRequest.of("file:" + file), TaskContext.silent());
        Files.copy(data.resolve("distribution.wsl"), folder.resolve("y"));
        run(
                "sh",
                "-ec",
                "xz -0 -c \"$1\" > \"$2\"",
                "sh",
                data.resolve("root.tar").toString(),
                file.toString());
        FolderImageWriter writer = writer();

        assertThatThrownBy(() -> source().fetch(resolution, writer, TaskContext.silent()))
                .isInstanceOfSatisfying(
                        BerthException.class, e -> assertThat(e.code()).isEqualTo("rootfs.digest"));
        assertThat(writer.layers()).isEmpty();
        assertThat(writer.open()).isZero();
    }

    @Test
    void saysThatAnImageIsForAnotherPlatform() {
        RootfsRequest request = new RootfsRequest(
                request("image.oci.tar").reference(),
                new Platform("linux", "s390x", ""),
                List.of(),
                false,
                java.util.Map.of());
        assertThatThrownBy(() -> source().resolve(request, TaskContext.silent()))
                .isInstanceOfSatisfying(
                        BerthException.class, e -> assertThat(e.code()).isEqualTo("rootfs.archive.platform"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/os-release", "usr/bin/noise"})
    void refusesWhatIsNoArchive(String name) {
        assertThatThrownBy(() -> source().resolve(request("tree/" + name), TaskContext.silent()))
                .isInstanceOf(BerthException.class);
    }
}
