/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.image.Digest;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.task.TaskContext;
import dev.berth.images.internal.testing.Host;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.home.BerthHome;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Root file systems that mmdebstrap makes from the mirrors of this host, unpacked by us, by umoci and by tar. */
@Tag("long")
class RealImagesTest {

    @TempDir
    Path temp;

    /** JUnit warns of each link that leads out of its temporary folder, and an image has hundreds. */
    @AfterEach
    void removeTrees() throws Exception {
        Host.run("sh", "-c", "rm -rf \"$1\"/*", "sh", temp.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "essential,base-files",
        "minbase,'iputils-ping,passwd,mount'",
        "minbase,'dbus,openbox,xterm,tigervnc-standalone-server'"
    })
    void areUnpackedAsOthersDo(String variant, String packages) throws Exception {
        Path archive = temp.resolve("image.tar");
        Host.run(
                Duration.ofMinutes(10),
                "sh",
                "-ec",
                "apt-get indextargets --format 'deb $(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages'"
                        + " | grep \"$4\" | sort -u > \"$1.list\"; [ -s \"$1.list\" ]\n"
                        + "mmdebstrap -q --variant=\"$2\" --include=\"$3\" --format=tar \"$4\" \"$1\" \"$1.list\"",
                "sh",
                archive.toString(),
                variant,
                packages,
                Host.run("sh", "-c", ". /etc/os-release; echo $VERSION_CODENAME")
                        .strip());
        long size = Files.size(archive);
        Digest digest = Digest.sha256(Host.run("sha256sum", archive.toString()).substring(0, 64));
        BerthHome home = new BerthHome(temp.resolve("home"));
        LocalImageStore store = new LocalImageStore(home, () -> UnpackLimits.DEFAULT);

        LayerInfo layer;
        try (InputStream in = Files.newInputStream(archive)) {
            layer = store.newWriter().writer().addLayer(in, MediaTypes.LAYER, digest, size, TaskContext.silent());
        }

        String ours = Host.listing(home.rootfs().resolve(layer.diffId().hex()));
        assertThat(ours.lines().count()).isGreaterThan(3000);
        Path plain = Files.createDirectory(temp.resolve("tar"));
        Host.run(
                "tar",
                "-C",
                plain.toString(),
                "--xattrs",
                "--xattrs-include=*",
                "--numeric-owner",
                "-xpf",
                archive + "");
        assertThat(ours.equals(Host.listing(plain))).as("the same as tar's").isTrue();
        String image = temp.resolve("layout") + ":one";
        Host.run("umoci", "init", "--layout", temp.resolve("layout").toString());
        Host.run("umoci", "new", "--image", image);
        Host.run("umoci", "raw", "add-layer", "--image", image, archive.toString());
        Host.run("umoci", "unpack", "--image", image, temp.resolve("bundle").toString());
        assertThat(ours.equals(Host.listing(temp.resolve("bundle/rootfs"))))
                .as("the same as umoci's")
                .isTrue();
    }
}
