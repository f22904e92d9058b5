/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.task.TaskContext;
import dev.berth.images.internal.testing.Archive;
import dev.berth.images.internal.testing.Host;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.images.tar.TarEntry;
import dev.berth.platform.home.BerthHome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives that want out, or to fill the host. The store must be as before, and the world around it too. */
class HostileArchiveTest {

    private static final TaskContext CONTEXT = TaskContext.silent();
    private static final byte[] HUGE = {(byte) 0x80, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] NEGATIVE = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    private static final byte[] HUNDRED_GIGABYTES = "\200\0\0\0\0\0\0\31\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path temp;

    private BerthHome home;
    private LocalImageStore store;
    private Path outside;

    @BeforeEach
    void makeStore() throws Exception {
        home = new BerthHome(temp.resolve("home"));
        store = store(UnpackLimits.DEFAULT);
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "as it was");
        write(new Archive().folder("before/").file("before/file", "x").bytes());
    }

    private LocalImageStore store(UnpackLimits limits) {
        return new LocalImageStore(home, () -> limits);
    }

    static Stream<Arguments> refused() {
        String deep = "d/".repeat(1000) + "f";
        return Stream.of(
                arguments("climbs", "has ..", (Make) (a, out) -> a.file("../evil", "x")),
                arguments("climbs later", "has ..", (Make) (a, out) -> a.file("a/b/../../../evil", "x")),
                arguments("absolute", "absolute", (Make) (a, out) -> a.file(out + "/evil", "x")),
                arguments("absolute by PAX", "absolute", (Make)
                        (a, out) -> a.pax("path", out + "/evil").file("f", "x")),
                arguments("climbs by long name", "has ..", (Make)
                        (a, out) -> a.special('L', "../evil\0").file("f", "x")),
                arguments("writes through a link", "does not have", (Make)
                        (a, out) -> a.symlink("x", out).file("x/evil", "x")),
                arguments("makes a folder through a link", "does not have", (Make)
                        (a, out) -> a.symlink("x", out).folder("x/evil/")),
                arguments("climbs by a link", "leads out", (Make) (a, out) ->
                        a.symlink("x", "../../../../../../../.." + out).file("x/evil", "x")),
                arguments("climbs by two links", "leads out", (Make) (a, out) -> a.folder("d/")
                        .symlink("d/x", "..")
                        .symlink("y", "d/x/..")
                        .file("y/evil", "x")),
                arguments("links in a circle", "too many links", (Make)
                        (a, out) -> a.symlink("a", "b").symlink("b", "a").file("a/evil", "x")),
                arguments(
                        "hard link that climbs", "has ..", (Make) (a, out) -> a.hardLink("h", "../../outside/secret")),
                arguments("hard link to an absolute name", "absolute", (Make)
                        (a, out) -> a.hardLink("h", out + "/secret")),
                arguments("hard link through a link", "does not have", (Make) (a, out) ->
                        a.symlink("d", out).hardLink("h", "d/secret").file("h", "changed")),
                arguments("hard link to nothing", "does not have", (Make) (a, out) -> a.hardLink("h", "nothing")),
                arguments("hard link to the root", "to the root", (Make) (a, out) -> a.hardLink("h", "./")),
                arguments("the host's disk", "device node", (Make)
                        (a, out) -> a.device("sda", TarEntry.BLOCK_DEVICE, 8, 0)),
                arguments("the host's memory", "device node", (Make)
                        (a, out) -> a.device("mem", TarEntry.CHARACTER_DEVICE, 1, 1)),
                arguments("a white-out in disguise", "white-out", (Make)
                        (a, out) -> a.device("etc", TarEntry.CHARACTER_DEVICE, 0, 0)),
                arguments("hides the parent", "hides nothing", (Make) (a, out) -> a.file("d/.wh...", "")),
                arguments("hides itself", "hides nothing", (Make) (a, out) -> a.file("d/.wh..", "")),
                arguments("hides no name", "hides nothing", (Make) (a, out) -> a.file(".wh.", "")),
                arguments("a file below a file", "no folder", (Make)
                        (a, out) -> a.file("f", "x").file("f/g", "x")),
                arguments("NUL in a name", "NUL", (Make)
                        (a, out) -> a.pax("path", "a\0b").file("f", "x")),
                arguments("a long part", "longer than 255", (Make) (a, out) -> a.file("n".repeat(256), "x")),
                arguments("a long path", "longer than 4095", (Make) (a, out) -> a.file("a/".repeat(3000) + "f", "x")),
                arguments("a deep path", "too deep", (Make) (a, out) -> a.file(deep, "x")),
                arguments(
                        "a hundred gigabytes", "larger than", (Make) (a, out) -> a.claim("f", '0', HUNDRED_GIGABYTES)),
                arguments("2^62 bytes", "larger than", (Make) (a, out) -> a.claim("f", '0', HUGE)),
                arguments("a negative size", "negative", (Make) (a, out) -> a.claim("f", '0', NEGATIVE)),
                arguments("a huge extended header", "larger than", (Make)
                        (a, out) -> a.claim("p", 'x', HUNDRED_GIGABYTES)),
                arguments("a huge long name", "larger than", (Make) (a, out) -> a.claim("p", 'L', HUNDRED_GIGABYTES)),
                arguments("a huge sparse file", "larger than", (Make) (a, out) -> a.special(
                                'x',
                                records(
                                        "GNU.sparse.major",
                                        "1",
                                        "GNU.sparse.minor",
                                        "0",
                                        "GNU.sparse.realsize",
                                        "9000000000000000"))
                        .file("s", "0\n" + "\0".repeat(510))),
                arguments("a sparse map that goes back", "no sense", (Make) (a, out) -> a.special(
                                'x',
                                records(
                                        "GNU.sparse.major",
                                        "1",
                                        "GNU.sparse.minor",
                                        "0",
                                        "GNU.sparse.realsize",
                                        "1000"))
                        .file("s", "2\n500\n10\n100\n10\n" + "\0".repeat(496) + "x".repeat(20))),
                arguments("an endless sparse map", "too many parts", (Make) (a, out) -> a.special(
                                'x',
                                records(
                                        "GNU.sparse.major",
                                        "1",
                                        "GNU.sparse.minor",
                                        "0",
                                        "GNU.sparse.realsize",
                                        "1000"))
                        .file("s", "99999999\n")),
                arguments("malformed PAX", "malformed", (Make)
                        (a, out) -> a.special('x', "99 path=x\n").file("f", "x")),
                arguments("PAX without end", "malformed", (Make)
                        (a, out) -> a.special('x', "999999999999999999999 a=b\n")),
                arguments("an unknown type", "not known", (Make) (a, out) -> a.claim("f", 'Z', new byte[12])),
                arguments("an impossible owner", "cannot be", (Make)
                        (a, out) -> a.pax("uid", "4294967295").file("f", "x")));
    }

    private interface Make {
        Archive on(Archive archive, String outside);
    }

    private static String records(String... keysAndValues) {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String body = " " + keysAndValues[i] + "=" + keysAndValues[i + 1] + "\n";
            int length = body.length() + 2;
            records.append(length).append(body);
        }
        return records.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String name, String reason, Make make) throws Exception {
        byte[] archive = make.on(new Archive(), outside.toString()).cut();
        String before = world();

        assertThatThrownBy(() -> write(archive))
                .isInstanceOfSatisfying(
                        ImageException.class, e -> assertThat(e.code()).isEqualTo("image.refused"))
                .hasMessageContaining(reason);

        assertThat(world()).isEqualTo(before);
    }

    @Test
    void truncatedAndDamagedArchivesAreRefused() throws Exception {
        byte[] good = new Archive().file("a", "x".repeat(5000)).file("b", "y").bytes();
        String before = world();
        assertThatThrownBy(() -> write(java.util.Arrays.copyOf(good, 1000))).hasMessageContaining("truncated");
        assertThatThrownBy(() -> write(java.util.Arrays.copyOf(good, 700))).hasMessageContaining("truncated");
        byte[] flipped = good.clone();
        flipped[10] ^= 1;
        assertThatThrownBy(() -> write(flipped)).hasMessageContaining("check sum");
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[random.nextInt(20_000) + 512];
            random.nextBytes(garbage);
            assertThat(catchThrowable(() -> write(garbage))).isInstanceOf(ImageException.class);
        }
        assertThat(world()).isEqualTo(before);
    }

    /** Whatever bytes change, nothing outside does, and a failure leaves nothing. */
    @Test
    void mutatedArchivesNeverReachOut() throws Exception {
        byte[] good = new Archive()
                .folder("d/")
                .symlink("d/up", "..")
                .symlink("x", outside.toString())
                .hardLink("h", "d/up")
                .file("d/f", "content")
                .pax("path", "long/name")
                .file("n", "y")
                .bytes();
        String around = Host.listing(outside);
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] mutant = good.clone();
            for (int k = random.nextInt(6); k >= 0; k--) {
                int at = random.nextInt(good.length);
                mutant[at] = (byte) random.nextInt(256);
                mend(mutant, at / 512 * 512);
            }
            Throwable thrown = catchThrowable(() -> write(mutant));
            assertThat(thrown == null || thrown instanceof ImageException)
                    .as("%s", thrown)
                    .isTrue();
        }
        assertThat(Host.listing(outside)).isEqualTo(around);
        assertThat(home.rootfs().resolve(".parts")).isEmptyDirectory();
        assertThat(home.store().resolve(".parts")).isEmptyDirectory();
    }

    /** Sets the check sum of a header right, so that the change behind it is looked at. */
    private static void mend(byte[] archive, int header) {
        if (archive[header + 257] != 'u') {
            return;
        }
        java.util.Arrays.fill(archive, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = header; i < header + 512; i++) {
            sum += archive[i] & 0xff;
        }
        byte[] text = String.format("%06o\0 ", sum).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(text, 0, archive, header + 148, 8);
    }

    @Test
    void whatIsOnlyOddIsKeptInside() throws Exception {
        LayerInfo layer = write(new Archive()
                .folder("usr/bin/")
                .symlink("bin", "usr/bin")
                .symlink("abs", "/usr/bin")
                .file("bin/sh", "through a link")
                .file("abs/su", "through an absolute link")
                .file("line\nbreak", "x")
                .file("n".repeat(255), "x")
                .symlink("target", outside + "/secret")
                .hardLink("linked", "target")
                .file("target", "replaces the link")
                .file("linked", "replaces the link too")
                .folder("flip/")
                .file("flip/below", "x")
                .file("flip", "a file now")
                .xattr("redirected", "trusted.overlay.redirect", "/etc")
                .xattr("opaque", "user.overlay.opaque", "y")
                .xattr("fine", "user.note", "kept")
                .device("null", TarEntry.CHARACTER_DEVICE, 1, 3)
                .bytes());

        Path root = home.rootfs().resolve(layer.diffId().hex());
        assertThat(root.resolve("usr/bin/sh")).hasContent("through a link");
        assertThat(root.resolve("usr/bin/su")).hasContent("through an absolute link");
        assertThat(root.resolve("line\nbreak")).exists();
        assertThat(root.resolve("target")).hasContent("replaces the link").isRegularFile();
        assertThat(root.resolve("flip")).hasContent("a file now");
        assertThat(outside.resolve("secret")).hasContent("as it was");
        assertThat(Host.run("getfattr", "-Rhd", "-m", "-", root.toString()))
                .contains("user.note")
                .doesNotContain("overlay");
    }

    @Test
    void whiteoutsTakeTheFormOfOverlayfs() throws Exception {
        LayerInfo layer = write(new Archive()
                .folder("etc/")
                .file("etc/.wh.passwd", "")
                .folder("cleared/")
                .file("cleared/.wh..wh..opq", "")
                .file("cleared/new", "x")
                .file(".wh.gone", "")
                .folder("gone/")
                .file("gone/again", "x")
                .file("kept", "x")
                .file(".wh.kept", "")
                .file(".wh..wh.plnk", "")
                .bytes());

        String root = home.rootfs().resolve(layer.diffId().hex()).toString();
        assertThat(Host.run("stat", "-c", "%F %t:%T", root + "/etc/passwd")).startsWith("character special file 0:0");
        assertThat(Host.run("getfattr", "-d", "-m", "trusted", root + "/cleared", root + "/gone"))
                .contains("cleared\ntrusted.overlay.opaque=\"y\"")
                .contains("gone\ntrusted.overlay.opaque=\"y\"");
        assertThat(Path.of(root, "kept")).hasContent("x");
        assertThat(Path.of(root, ".wh..wh.plnk")).doesNotExist();
    }

    @Test
    void tooManyEntriesAreRefused() throws Exception {
        store = store(new UnpackLimits(1000, 1 << 20, 1 << 20, 255, 4095, 200, UnpackLimits.Devices.NONE));
        Archive many = new Archive();
        for (int i = 0; i < 1001; i++) {
            many.file("f" + i, "");
        }
        String before = world();
        assertThatThrownBy(() -> write(many.bytes())).hasMessageContaining("more than 1000 entries");
        assertThatThrownBy(() -> write(new Archive()
                        .file("a", "x".repeat(600_000))
                        .file("b", "x".repeat(600_000))
                        .bytes()))
                .hasMessageContaining("more than 1048576 bytes");
        assertThatThrownBy(() -> write(new Archive().device("null", '3', 1, 3).bytes()))
                .hasMessageContaining("device node");
        assertThat(world()).isEqualTo(before);
    }

    @Test
    @Tag("long")
    void aMillionEntriesAreRefused() throws Exception {
        String before = world();
        byte[] entry = java.util.Arrays.copyOf(new Archive().file("d/f", "").cut(), 512);
        assertThatThrownBy(() -> {
                    try (LayerOutput out = store.newWriter().writer().newLayer("many", CONTEXT)) {
                        for (int i = 0; i < 1_000_001; i++) {
                            byte[] name = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
                            byte[] header = entry.clone();
                            System.arraycopy(name, 0, header, 2, name.length);
                            mend(header, 0);
                            out.write(header);
                        }
                        out.commit();
                    }
                })
                .hasStackTraceContaining("more than 1000000 entries");
        assertThat(world()).isEqualTo(before);
    }

    @Test
    void bombsAreRefused() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] size = "00100000000\0".getBytes(StandardCharsets.ISO_8859_1);
            byte[] header = new Archive().claim("zeros", '0', size).cut();
            // Many files of 2 GiB of nothing.
            gzip.write(header, header.length - 512, 512);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                gzip.write(zeros);
            }
        }
        byte[] blob = bomb.toByteArray();
        String before = world();

        assertThatThrownBy(() -> store.newWriter()
                        .writer()
                        .addLayer(
                                new ByteArrayInputStream(blob),
                                MediaTypes.LAYER_GZIP,
                                BlobStore.digest(blob),
                                blob.length,
                                CONTEXT))
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("200 times");

        assertThat(world()).isEqualTo(before);
    }

    /** Everything in the home and around it. */
    private String world() throws IOException, InterruptedException {
        return Host.run(
                "sh",
                "-c",
                "cd \"$1\" && find . ! -name '*.lock' ! -path '*/.unsynced*' ! -name locks ! -name home ! -name store ! -name .parts"
                        + " ! -name sha256 ! -name rootfs -printf '%p %y %s %T@ %l\\n' | sort",
                "sh",
                temp.toString());
    }

    private LayerInfo write(byte[] archive) throws IOException, ImageException, InterruptedException {
        try (LayerOutput out = store.newWriter().writer().newLayer("hostile", CONTEXT)) {
            try {
                out.write(archive);
            } catch (IOException e) {
                // The reason comes with the commit.
            }
            return out.commit();
        }
    }
}
