/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ImageException;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.image.Platform;
import dev.berth.api.task.TaskContext;
import dev.berth.images.internal.testing.Archive;
import dev.berth.images.internal.testing.Host;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.home.BerthHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home on a file system of a few megabytes. */
class FullDiskTest {

    private static final TaskContext CONTEXT = TaskContext.silent();

    @TempDir
    Path temp;

    private Path disk;
    private LocalImageStore store;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temp.resolve("disk"));
        Host.run("mount", "-t", "tmpfs", "-o", "size=8m", "berth-test", disk.toString());
        store = new LocalImageStore(new BerthHome(disk.resolve("home")), () -> UnpackLimits.DEFAULT);
    }

    @AfterEach
    void unmount() throws Exception {
        // The thread that writes layers out may still have the file system open.
        Host.run(
                "sh",
                "-c",
                "for i in $(seq 50); do umount \"$1\" && exit 0; sleep 0.1; done; exit 1",
                "sh",
                disk.toString());
    }

    @Test
    void saysSoAndGoesOnOnceThereIsSpace() throws Exception {
        LayerInfo small = write(1 << 20);
        store.publish(ImageConfig.of(Platform.host()), List.of(small), Instant.EPOCH, "small", Map.of(), CONTEXT);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> write(12 << 20)).isInstanceOfSatisfying(ImageException.class, e -> {
                assertThat(e.code()).isEqualTo("image.disk.full");
                assertThat(e.remedy().text()).contains("prune");
            });
        }

        assertThat(disk.resolve("home/store/.parts")).isEmptyDirectory();
        assertThat(disk.resolve("home/rootfs/.parts")).isEmptyDirectory();
        assertThat(store.images()).hasSize(1);
        // Half of the disk is for the blob, half for the tree.
        write(2 << 20);
    }

    @Test
    void isSeenThroughTheErrorOfAPlugin() {
        IOException full = new IOException("the layer cannot be kept", new IOException("No space left on device"));
        BerthException shown = LocalImageStore.explain(new RootfsException("rootfs.layer", "Could not write.", full));
        assertThat(shown.code()).isEqualTo("image.disk.full");

        RootfsException other = new RootfsException("rootfs.net", "Gone.", new IOException("reset"));
        assertThat(LocalImageStore.explain(other)).isSameAs(other);
    }

    private LayerInfo write(int bytes) throws IOException, ImageException, InterruptedException {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        byte[] archive = new Archive()
                .file("noise", new String(noise, java.nio.charset.StandardCharsets.ISO_8859_1))
                .bytes();
        try (LayerOutput out = store.newWriter().writer().newLayer("noise", CONTEXT)) {
            try {
                out.write(archive);
            } catch (IOException e) {
                // The reason comes with the commit.
            }
            return out.commit();
        }
    }
}
