/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.image.Platform;
import dev.berth.api.task.TaskContext;
import dev.berth.images.ImageTransfer;
import dev.berth.images.StoredImage;
import dev.berth.images.internal.recipe.ProvidedRecipes;
import dev.berth.images.internal.store.LocalImageStore;
import dev.berth.images.internal.testing.Host;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.home.BerthHome;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves the store is read by others. */
class ImageExportTest {

    private static final TaskContext CONTEXT = TaskContext.silent();

    @TempDir
    Path temp;

    private LocalImageStore store;
    private ImageTransfer transfer;
    private StoredImage image;

    @BeforeEach
    void publish() throws Exception {
        BerthHome home = new BerthHome(temp.resolve("home"));
        store = new LocalImageStore(home, () -> UnpackLimits.DEFAULT);
        transfer = new DefaultImageTransfer(store, new ProvidedRecipes(List.of()));
        Host.run("sh", "-ec", """
                cd "$1"; umask 022; mkdir low high whole
                mkdir -p low/usr/bin low/etc/old low/var/gone low/locked
                echo one > low/usr/bin/one; chmod 4755 low/usr/bin/one; ln low/usr/bin/one low/usr/bin/two
                echo keep > low/etc/old/hidden; echo x > low/var/gone/x; ln -s usr/bin low/bin
                truncate -s 3000000 low/usr/sparse; printf end >> low/usr/sparse
                setfattr -n user.note -v hello low/usr/bin/one; chown 1000:1000 low/var; touch low/locked/in
                touch -d '2001-02-03 04:05:06.123456789' low/etc/old
                cp -a low/. whole/
                mkdir -p high/usr/bin high/etc/old high/var high/locked; chown 1000:1000 high/var
                echo changed > high/usr/bin/one; touch 'high/etc/old/.wh..wh..opq' high/var/.wh.gone
                echo new > high/etc/old/new; ln high/etc/old/new high/etc/also; chmod 500 high/locked
                rm -r whole/var/gone whole/etc/old/hidden whole/usr/bin/one
                cp high/usr/bin/one whole/usr/bin/one; cp high/etc/old/new whole/etc/old/new
                ln whole/etc/old/new whole/etc/also; chmod 500 whole/locked
                find high whole ! -name old -exec touch -h -d '2020-01-01' {} +
                find high whole -name old -exec touch -d '2020-01-02' {} +
                for layer in low high; do
                  tar --format=posix --xattrs --numeric-owner -C $layer --sparse -cf $layer.tar .
                done
                """, "sh", temp.toString());
        LocalImageStore.Writing writing = store.newWriter();
        for (String layer : List.of("low", "high")) {
            try (LayerOutput out = writing.writer().newLayer(layer, CONTEXT)) {
                Files.copy(temp.resolve(layer + ".tar"), out);
                out.commit();
            }
        }
        image = store.publish(
                ImageConfig.of(Platform.host()), writing.layers(), Instant.EPOCH, "desk", Map.of(), CONTEXT);
    }

    @AfterEach
    void removeLinks() throws Exception {
        Host.run("sh", "-c", "rm -rf \"$1\"/*", "sh", temp.toString());
    }

    private Path export(ImageTransfer.Form form) throws Exception {
        Path file = temp.resolve(form + ".tar");
        try (OutputStream out = Files.newOutputStream(file)) {
            transfer.export(image, form, out, CONTEXT);
        }
        return file;
    }

    @Test
    void tarUnpacksTheMergedFiles() throws Exception {
        Path file = export(ImageTransfer.Form.TREE);
        Path out = Files.createDirectory(temp.resolve("out"));

        Host.run("tar", "--xattrs", "--numeric-owner", "-C", out.toString(), "-xpf", file.toString());

        // What the lower layer alone has keeps its time there; the others were given one.
        Host.run(
                "sh",
                "-ec",
                "find \"$1\" \"$2\" ! -name old -exec touch -h -d 2020-01-01 {} +",
                "sh",
                out + "",
                temp + "/whole");
        assertThat(Host.listing(out)).isEqualTo(Host.listing(temp.resolve("whole")));
    }

    @Test
    void skopeoUmociAndPodmanReadTheArchives() throws Exception {
        String oci = "oci-archive:" + export(ImageTransfer.Form.OCI);
        String gzip = "oci-archive:" + export(ImageTransfer.Form.OCI_GZIP);
        assertThat(Host.run("skopeo", "inspect", oci)).contains("\"Architecture\"");
        String layout = temp.resolve("layout") + ":desk";
        Host.run("skopeo", "copy", "--insecure-policy", "--preserve-digests", gzip, "oci:" + layout);
        Host.run("umoci", "unpack", "--image", layout, temp.resolve("bundle").toString());
        assertThat(temp.resolve("bundle/rootfs/usr/bin/one")).hasContent("changed\n");
        assertThat(temp.resolve("bundle/rootfs/etc/old/hidden")).doesNotExist();
        String[] podman = {
            "podman",
            "--root",
            temp.resolve("podman").toString(),
            "--runroot",
            temp.resolve("run").toString(),
            "--storage-driver",
            "vfs",
            "--events-backend",
            "none"
        };
        for (ImageTransfer.Form form : List.of(ImageTransfer.Form.OCI, ImageTransfer.Form.OCI_GZIP)) {
            String said = Host.run(concat(
                    podman, "load", "-q", "-i", temp.resolve(form + ".tar").toString()));
            assertThat(said).contains("Loaded image");
        }
    }

    private static String[] concat(String[] first, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(first), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }
}
