/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.IdMapping;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.image.Platform;
import dev.berth.api.task.TaskContext;
import dev.berth.images.ImageStore;
import dev.berth.images.StoredImage;
import dev.berth.images.internal.testing.Host;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.home.BerthHome;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalImageStoreTest {

    private static final TaskContext CONTEXT = TaskContext.silent();

    @TempDir
    Path temp;

    private BerthHome home;
    private LocalImageStore store;
    private Path tree;

    @BeforeEach
    void makeTree() throws Exception {
        home = new BerthHome(temp.resolve("home"));
        store = new LocalImageStore(home, () -> UnpackLimits.DEFAULT);
        tree = temp.resolve("tree");
        Host.run("sh", "-ec", """
                mkdir -p "$1"; cd "$1"; umask 022
                mkdir -p usr/bin usr/lib/deep/er var/empty tmp root home/me
                ln -s usr/bin bin
                echo '#!/bin/sh' > usr/bin/sh; chmod 755 usr/bin/sh
                cp usr/bin/sh usr/bin/su; chmod 4755 usr/bin/su
                ln usr/bin/su usr/bin/su2
                setfattr -n user.note -v hello usr/bin/sh
                setcap cap_net_raw+ep usr/bin/su2
                chmod 1777 tmp; chmod 700 root; chown 1000:1000 home/me; chmod 2770 home/me
                echo x > home/me/file; chown 0:0 home/me/file
                mkfifo var/fifo
                truncate -s 5000000 usr/lib/sparse; printf end >> usr/lib/sparse
                head -c 3000000 /dev/urandom > usr/lib/big
                touch 'usr/lib/a name with spaces' "usr/lib/$(printf 'l%.0s' $(seq 1 200))"
                printf 'umlaut' > 'usr/lib/äöü€'
                ln -s /etc/passwd usr/lib/absolute; ln -s ../../../../../../etc usr/lib/up
                touch -h -d '2001-02-03 04:05:06.123456789' usr/lib/absolute
                touch -d '1999-01-01 00:00:00' usr/lib/deep usr/bin/sh .
                """, "sh", tree.toString());
    }

    @AfterEach
    void leavesNoParts() throws Exception {
        // JUnit would warn about each link that leads out.
        Host.run("rm", "-rf", tree.toString());
        for (Path parts : List.of(home.store().resolve(".parts"), home.rootfs().resolve(".parts"))) {
            if (Files.exists(parts)) {
                assertThat(parts).isEmptyDirectory();
            }
        }
        Host.run("rm", "-rf", home.rootfs().toString(), temp.resolve("bundle").toString());
    }

    @Test
    void aDerivedImageHasOneLayerMoreAndAFailedOneNone() throws Exception {
        StoredImage base = publish("desk", layer("pax", tree));
        Path change = Files.createDirectories(temp.resolve("change/root"));
        Files.writeString(change.resolve("note"), "kept");
        Path tar = temp.resolve("change.tar");
        Host.run("tar", "-C", temp.resolve("change").toString(), "-cf", tar.toString(), "root");
        StoredImage derived =
                store.derive(base.digest(), "snapshot/a:b", "a test", out -> Files.copy(tar, out), CONTEXT);

        assertThat(derived.names()).containsExactly("snapshot/a:b");
        assertThat(derived.sizeBytes()).isGreaterThan(base.sizeBytes());
        try (ImageStore.OpenImage open = store.open(derived.digest())) {
            assertThat(open.layers()).hasSize(2);
        }
        assertThatThrownBy(() -> store.derive(
                        base.digest(),
                        "snapshot/a:c",
                        "a test",
                        out -> {
                            out.write(new byte[100]);
                            throw new java.io.IOException("the engine went away");
                        },
                        CONTEXT))
                .isInstanceOf(ImageException.class)
                .hasRootCauseMessage("the engine went away");
        assertThat(store.images()).containsExactlyInAnyOrder(base, derived);
    }

    @Test
    void writesUnpacksAndIsReadByOthers() throws Exception {
        StoredImage image = publish("desk", layer("pax", tree));

        assertThat(store.images()).containsExactly(image);
        assertThat(store.find("desk")).contains(image);
        assertThat(store.find(image.digest().hex().substring(0, 8))).contains(image);
        assertThat(store.find(image.digest().hex().substring(0, 7))).isEmpty();
        assertThat(image.sizeBytes()).isPositive();

        List<Path> folders;
        try (ImageStore.OpenImage open = store.open(image.digest())) {
            folders = open.unpack(IdMapping.identity(), CONTEXT);
            try (OutputStream out = Files.newOutputStream(temp.resolve("image.tar"))) {
                open.writeArchive(out, CONTEXT);
            }
        }
        assertThat(Host.listing(folders.get(0))).isEqualTo(Host.listing(tree));

        String layout = "oci:" + home.store() + ":desk";
        assertThat(Host.run("skopeo", "inspect", layout)).contains("\"Architecture\"");
        Host.run("skopeo", "copy", "oci-archive:" + temp.resolve("image.tar"), "oci:" + temp.resolve("copy") + ":x");
        assertThat(Files.readAllBytes(
                        temp.resolve("copy/blobs/sha256/" + image.digest().hex())))
                .isEqualTo(Files.readAllBytes(
                        home.store().resolve("blobs/sha256/" + image.digest().hex())));
    }

    @Test
    void unpacksEveryFormatOfTarTheSame() throws Exception {
        for (String format : List.of(
                "gnu",
                "pax",
                "posix --sparse",
                "gnu --sparse",
                "pax --sparse-version=0.0 --sparse",
                "pax --sparse-version=0.1 --sparse")) {
            LayerInfo layer = layer(format, tree);
            Path folder = home.rootfs().resolve(layer.diffId().hex());
            String expected = Host.listing(tree);
            String actual = Host.listing(folder);
            if (format.startsWith("gnu")) {
                // Whole seconds, and no attributes.
                assertThat(actual.lines().filter(l -> !l.contains("|l|")))
                        .as(format)
                        .isNotEmpty();
            } else {
                assertThat(actual).as(format).isEqualTo(expected);
            }
            if (format.contains("sparse")) {
                assertThat((Long) Files.getAttribute(folder.resolve("usr/lib/sparse"), "size"))
                        .isEqualTo(5000003L);
                assertThat(Host.run("du", "-k", folder.resolve("usr/lib/sparse").toString()))
                        .matches("(?s)[0-9]{1,3}\\s.*");
            }
        }
    }

    @Test
    void takesBlobsOfOthersAndUnpacksThemLater() throws Exception {
        Host.run(
                "sh",
                "-ec",
                "cd \"$1\"; tar --xattrs --xattrs-include='*' --format=pax -cf ../l.tar .; gzip -k ../l.tar; zstd -q ../l.tar",
                "sh",
                tree.toString());
        for (String suffix : List.of("", "+gzip", "+zstd")) {
            Path file = temp.resolve("l.tar"
                    + switch (suffix) {
                        case "+gzip" -> ".gz";
                        case "+zstd" -> ".zst";
                        default -> "";
                    });
            byte[] bytes = Files.readAllBytes(file);
            LocalImageStore.Writing writing = store.newWriter();
            LayerInfo layer;
            try (InputStream in = Files.newInputStream(file)) {
                layer = writing.writer()
                        .addLayer(in, MediaTypes.LAYER + suffix, BlobStore.digest(bytes), bytes.length, CONTEXT);
            }
            assertThat(layer.diffId()).isEqualTo(BlobStore.digest(Files.readAllBytes(temp.resolve("l.tar"))));
            Path folder = home.rootfs().resolve(layer.diffId().hex());
            assertThat(Host.listing(folder)).isEqualTo(Host.listing(tree));

            new TreeStore(home).deleteTree(folder);
            List<Path> again = store.partial(ImageConfig.of(Platform.host()), List.of(layer), "x")
                    .unpack(IdMapping.identity(), CONTEXT);
            assertThat(Host.listing(again.get(0))).isEqualTo(Host.listing(tree));
            new TreeStore(home).deleteTree(folder);
        }
    }

    @Test
    void umociUnpacksTheSameTree() throws Exception {
        // Debian's umoci knows gzip only.
        Host.run(
                "sh",
                "-ec",
                "cd \"$1\"; tar --xattrs --xattrs-include='*' --format=pax -czf ../l.tgz .",
                "sh",
                tree.toString());
        byte[] bytes = Files.readAllBytes(temp.resolve("l.tgz"));
        LocalImageStore.Writing writing = store.newWriter();
        add(writing, bytes, BlobStore.digest(bytes), bytes.length);
        LayerInfo layer = writing.layers().get(0);
        publish("zipped", layer);

        String image = home.store() + ":zipped";
        Host.run("umoci", "unpack", "--image", image, temp.resolve("bundle").toString());

        assertThat(Host.listing(temp.resolve("bundle/rootfs"))).isEqualTo(Host.listing(tree));
        assertThat(Host.listing(home.rootfs().resolve(layer.diffId().hex()))).isEqualTo(Host.listing(tree));
    }

    @Test
    void refusesBlobsThatAreNotWhatTheySay() throws Exception {
        Host.run("sh", "-ec", "cd \"$1\"; tar -czf ../l.tgz .", "sh", tree.toString());
        byte[] bytes = Files.readAllBytes(temp.resolve("l.tgz"));
        LocalImageStore.Writing writing = store.newWriter();
        assertThatThrownBy(() -> add(writing, bytes, BlobStore.digest(new byte[1]), bytes.length))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("other content");
        assertThatThrownBy(() -> add(writing, bytes, BlobStore.digest(bytes), bytes.length - 1))
                .hasMessageContaining("longer than announced");
        assertThatThrownBy(() -> add(writing, bytes, BlobStore.digest(bytes), bytes.length + 1))
                .hasMessageContaining("shorter than announced");
        byte[] half = java.util.Arrays.copyOf(bytes, bytes.length / 2);
        assertThatThrownBy(() -> add(writing, half, BlobStore.digest(half), half.length))
                .isInstanceOf(ImageException.class);
        assertThat(writing.layers()).isEmpty();
        assertThat(new BlobStore(home).all()).isEmpty();
        assertThat(new TreeStore(home).all()).isEmpty();
    }

    private static void add(LocalImageStore.Writing writing, byte[] bytes, dev.berth.api.image.Digest digest, long size)
            throws Exception {
        writing.writer()
                .addLayer(new java.io.ByteArrayInputStream(bytes), MediaTypes.LAYER_GZIP, digest, size, CONTEXT);
    }

    @Test
    void aLayerWithoutCommitLeavesNothing() throws Exception {
        try (LayerOutput out = store.newWriter().writer().newLayer("x", CONTEXT)) {
            out.write(new byte[5000]);
        }
        assertThat(new BlobStore(home).all()).isEmpty();
        assertThat(new TreeStore(home).all()).isEmpty();
    }

    @Test
    void movesNamesAndCollectsWhatNobodyNeeds() throws Exception {
        Path other = Files.createDirectory(temp.resolve("other"));
        Files.writeString(other.resolve("only-here"), "x");
        LayerInfo base = layer("pax", tree);
        LayerInfo top = layer("pax", other);
        StoredImage first = publish("desk", base);
        StoredImage second = publish("desk", base, top);

        assertThat(store.images()).hasSize(2);
        assertThat(store.find("desk").orElseThrow().digest()).isEqualTo(second.digest());
        assertThat(store.find(first.digest().toString()).orElseThrow().names()).isEmpty();
        assertThat(store.usage(CONTEXT).images()).anySatisfy(usage -> {
            assertThat(usage.image().digest()).isEqualTo(second.digest());
            assertThat(usage.exclusiveBytes()).isPositive();
            assertThat(usage.sharedBytes()).isGreaterThan(usage.exclusiveBytes());
        });

        assertThat(store.prune(true, digest -> false, CONTEXT).items()).anyMatch(item -> item.startsWith("image "));
        assertThat(store.images()).hasSize(2);
        assertThat(store.prune(false, first.digest()::equals, CONTEXT).items()).isEmpty();
        store.prune(false, digest -> false, CONTEXT);
        assertThat(store.images()).hasSize(1);
        Host.run("skopeo", "inspect", "oci:" + home.store() + ":desk");

        try (ImageStore.OpenImage open = store.open(second.digest())) {
            assertThatThrownBy(() -> store.remove("desk", digest -> false, CONTEXT))
                    .isInstanceOfSatisfying(
                            ImageException.class, e -> assertThat(e.code()).isEqualTo("image.busy"));
            assertThat(open.layers()).hasSize(2);
        }
        assertThatThrownBy(() -> store.remove("desk", digest -> true, CONTEXT)).hasMessageContaining("session");
        store.remove("desk", digest -> false, CONTEXT);
        assertThat(store.images()).isEmpty();
        assertThat(new BlobStore(home).all()).isEmpty();
        assertThat(new TreeStore(home).all()).isEmpty();
        assertThatThrownBy(() -> store.open(second.digest())).hasMessageContaining("no image");
    }

    @Test
    void anotherBuildOfTheSameKeepsItsLine() throws Exception {
        LayerInfo base = layer("pax", tree);
        StoredImage image = publish("a", base);
        publish("b", base);

        assertThat(store.images()).hasSize(1);
        assertThat(store.find("b").orElseThrow().names()).containsExactlyInAnyOrder("a", "b");
        store.remove("a", digest -> false, CONTEXT);
        assertThat(store.find("b").orElseThrow().digest()).isEqualTo(image.digest());
    }

    @Test
    void aLayerThatAPowerCutMayHaveTornIsUnpackedAgain() throws Exception {
        LayerInfo layer = layer("pax", tree);
        Path folder = home.rootfs().resolve(layer.diffId().hex());
        Files.delete(folder.resolve("usr/bin/sh"));
        Path marks = Files.createDirectories(home.rootfs().resolve(".unsynced"));
        Files.writeString(marks.resolve(layer.diffId().hex()), "another boot");

        store.partial(ImageConfig.of(Platform.host()), List.of(layer), "x").unpack(IdMapping.identity(), CONTEXT);

        assertThat(Host.listing(folder)).isEqualTo(Host.listing(tree));
    }

    @Test
    void cleansUpWhatDiedOnItsWay() throws Exception {
        publish("desk", layer("pax", tree));
        Files.writeString(home.store().resolve(".parts/dead"), "half");
        Path half = Files.createDirectories(home.rootfs().resolve(".parts/dead/usr"));
        Files.writeString(half.resolve("file"), "x");

        try (var writing = store.beginWriting()) {
            assertThat(store.cleanUp(CONTEXT)).isEmpty();
            assertThatThrownBy(() -> store.prune(false, digest -> false, CONTEXT))
                    .isInstanceOf(ImageException.class);
        }
        assertThat(store.cleanUp(CONTEXT)).hasSize(2);
        assertThat(store.cleanUp(CONTEXT)).isEmpty();
        assertThat(store.images()).hasSize(1);
    }

    private StoredImage publish(String name, LayerInfo... layers) throws Exception {
        return store.publish(
                ImageConfig.of(Platform.host()),
                List.of(layers),
                Instant.ofEpochSecond(1_700_000_000L),
                name,
                Map.of(),
                CONTEXT);
    }

    private LayerInfo layer(String format, Path folder) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("tar", "-C", folder.toString(), "-c", "--xattrs", "--xattrs-include=*"));
        if (format.startsWith("gnu")) {
            command.removeIf(argument -> argument.startsWith("--xattrs"));
        }
        command.addAll(List.of(("--format=" + format).split(" ", -1)));
        command.add(".");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        LocalImageStore.Writing writing = store.newWriter();
        try (LayerOutput out = writing.writer().newLayer("a test", CONTEXT);
                InputStream in = process.getInputStream()) {
            in.transferTo(out);
            assertThat(process.waitFor()).isZero();
            return out.commit();
        }
    }
}
