/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Makes all packages twice, and uses each as a person would: where there is no Java, from where nothing can be written, and away again. */
@Tag("long")
@Timeout(900)
class PackagesAcceptanceTest {

    private static final Path LAYOUT = Path.of("target", "berth").toAbsolutePath();
    private static final Path PARTS = Path.of("src/main/package").toAbsolutePath();

    @TempDir
    static Path made;

    @TempDir
    Path temp;

    @BeforeAll
    static void make() throws Exception {
        Packages.main(new String[] {
            LAYOUT.toString(),
            PARTS.toString(),
            made.toString(),
            "--jdk",
            linkingJdk().toString()
        });
    }

    private static Path linkingJdk() throws IOException, InterruptedException {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        Path system = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(system)) {
            try (Stream<Path> more = Files.list(system)) {
                homes.addAll(more.sorted().toList());
            }
        }
        for (Path home : homes) {
            if (RuntimeImage.canLink(home)) {
                return home;
            }
        }
        throw new IOException("no JDK that can link a runtime");
    }

    @Test
    void twoBuildsAreIdentical() throws Exception {
        Packages.main(new String[] {
            LAYOUT.toString(),
            PARTS.toString(),
            temp.toString(),
            "--jdk",
            linkingJdk().toString()
        });
        assertThat(Files.readString(temp.resolve("SHA256SUMS")))
                .isEqualTo(Files.readString(made.resolve("SHA256SUMS")))
                .hasLineCount(4);
        RuntimeImage.run(made, List.of("sha256sum", "--check", "SHA256SUMS"));
    }

    @Test
    void theZipRunsInARootWithoutJavaWithUmlautsAndFromAReadOnlyFolder() throws Exception {
        Path root = minimalRoot();
        Path place = Files.createDirectories(root.resolve("opt/Grüße an alle"));
        unzip(onlyZip("linux-"), place);
        String berth = "/opt/Grüße an alle/berth-0.1.0/bin/berth";
        assertThat(inside(root, false, "command -v java || echo none")).isEqualTo("none\n");
        assertThat(inside(root, false, "'" + berth + "' --version"))
                .startsWith("Berth 0.1.0 ")
                .contains("Linux");
        assertThat(place.resolve("berth-0.1.0/data/logs/berth.log")).exists();
        assertThat(inside(root, false, "'" + berth + "' doctor --json || [ $? = 3 ]"))
                .startsWith("{\"ok\":");
        RuntimeImage.delete(place.resolve("berth-0.1.0/data"));
        assertThat(inside(root, true, "'" + berth + "' --version 2>&1"))
                .contains("cannot be written; Berth keeps its data in /root/.local/share/berth")
                .contains("Berth 0.1.0 ");
        assertThat(place.resolve("berth-0.1.0/data")).doesNotExist();
    }

    /** Berth in a desktop that Berth shows: a whole system without Java, and a read-only folder. */
    @Test
    void theZipShowsItsWindowOnAMachineWithoutJava() throws Exception {
        Berth outer = new Berth(Files.createDirectories(Path.of(Berth.DESKTOP_HOME)), temp);
        Path place = Files.createDirectories(temp.resolve("Grüße an alle"));
        unzip(onlyZip("linux-"), place);
        try {
            Berth.Outcome start = outer.run(
                    "session", "start", "debian-xfce", "--name", "nest", "--share", place + ":/opt/Grüße an alle:ro");
            assertThat(start.code()).as(start.err()).isZero();
            assertThat(outer.run("session", "exec", "nest", "--", "sh", "-c", "command -v java")
                            .code())
                    .isNotZero();
            outer.run("session", "wait", "nest", "--stable", "2s");
            Path before = temp.resolve("before.png");
            outer.run("session", "screenshot", "nest", "-o", before.toString());
            Berth.Running inner = outer.start(
                    "session",
                    "exec",
                    "nest",
                    "--user",
                    "desktop",
                    "--",
                    "/opt/Grüße an alle/berth-0.1.0/bin/berth",
                    "--timings");
            inner.awaitProgress("windowPainted");
            outer.run("session", "wait", "nest", "--stable", "2s");
            Path after = temp.resolve("after.png");
            outer.run("session", "screenshot", "nest", "-o", after.toString());
            assertThat(changed(before, after)).as("pixels of the window").isGreaterThan(400_000);
            assertThat(outer.run("session", "stop", "nest").code()).isZero();
            assertThat(inner.await().code()).isNotZero();
        } finally {
            outer.run("session", "rm", "--force", "nest");
        }
    }

    private static int changed(Path before, Path after) throws IOException {
        BufferedImage old = ImageIO.read(before.toFile());
        BufferedImage now = ImageIO.read(after.toFile());
        int changed = 0;
        for (int y = 0; y < old.getHeight(); y++) {
            for (int x = 0; x < old.getWidth(); x++) {
                changed += old.getRGB(x, y) == now.getRGB(x, y) ? 0 : 1;
            }
        }
        return changed;
    }

    @Test
    void theDebianPackageInstallsAndLeavesNoTrace() throws Exception {
        Path deb = made.resolve("berth_0.1.0_all.deb");
        String lintian = RuntimeImage.run(List.of("lintian", "--allow-root", "--fail-on", "error", deb.toString()));
        assertThat(lintian.lines().filter(line -> line.startsWith("E:"))).isEmpty();
        Path root = minimalRoot();
        Files.createDirectories(root.resolve("var/lib/dpkg/info"));
        Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
        Files.writeString(root.resolve("var/lib/dpkg/status"), "");
        Map<String, String> before = listing(root);
        dpkg(root, "--force-depends", "--install", deb.toString());
        String text = RuntimeImage.run(List.of(
                root.resolve("usr/bin/berth").toString(),
                "--home",
                temp.resolve("h").toString(),
                "--version"));
        assertThat(text).startsWith("Berth 0.1.0 ");
        assertThat(root.resolve("usr/share/applications/dev.berth.Berth.desktop"))
                .exists();
        dpkg(root, "--purge", "berth");
        assertThat(listing(root)).isEqualTo(before);
    }

    private static void dpkg(Path root, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("dpkg", "--root=" + root, "--force-script-chrootless"));
        command.addAll(List.of(args));
        RuntimeImage.run(command);
    }

    @Test
    void theWindowsInstallerHoldsTheSameFilesAndTwoShortcuts() throws Exception {
        String msi = made.resolve("berth-0.1.0-x64.msi").toString();
        assertThat(RuntimeImage.run(List.of("msiinfo", "suminfo", msi)))
                .contains("Subject: Berth 0.1.0")
                .contains("Template: x64;1033")
                // Bit 3: no elevated privileges.
                .contains("Source: 10 (a)");
        assertThat(RuntimeImage.run(List.of("msiinfo", "export", msi, "Shortcut")))
                .contains("ProgramMenuFolder\tBerth\tShortcuts\t[INSTALLDIR]bin\\berthw.cmd")
                .contains("DesktopFolder\tBerth\tShortcuts\t[INSTALLDIR]bin\\berthw.cmd");
        assertThat(RuntimeImage.run(List.of("msiinfo", "export", msi, "Upgrade")))
                .contains("WIX_UPGRADE_DETECTED");
        assertThat(RuntimeImage.run(List.of("msiinfo", "export", msi, "Property")))
                .doesNotContain("ALLUSERS\t1");
        assertThat(RuntimeImage.run(List.of("msiinfo", "export", msi, "Directory")))
                .contains("ProgramsFolder\tLocalAppDataFolder\tPrograms")
                .contains("INSTALLDIR\tProgramsFolder\tBerth");
        RuntimeImage.run(List.of("msiextract", "--directory", temp.toString(), msi));
        Path launcher;
        try (Stream<Path> all = Files.walk(temp)) {
            launcher = all.filter(path -> path.endsWith("lib/berth.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        Path berth = launcher.resolve("../..").normalize();
        for (String folder : List.of("lib", "bundles", "plugins", "themes", "conf")) {
            try (Stream<Path> files = Files.list(LAYOUT.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(berth.resolve(folder).resolve(file.getFileName().toString()))
                            .hasSameBinaryContentAs(file);
                }
            }
        }
        assertThat(berth.resolve("bin/berthw.cmd")).exists();
    }

    /** There is no Java for Windows here: the launcher is followed up to where it would start one. */
    @Test
    void theWindowsLauncherSaysUnderWineWhatIsMissing() throws Exception {
        Path wine = Path.of("/usr/lib/wine/wine64");
        assumeTrue(Files.exists(wine), "wine64 is not installed");
        Path place = Files.createDirectories(temp.resolve("Grüße an alle"));
        unzip(onlyZip("any"), place);
        ProcessBuilder builder =
                new ProcessBuilder(wine.toString(), "cmd", "/c", "berth-0.1.0\\bin\\berth.cmd", "--version");
        builder.directory(place.toFile()).redirectErrorStream(true);
        builder.environment().put("WINEPREFIX", temp.resolve("prefix").toString());
        builder.environment().put("WINEDEBUG", "-all");
        builder.environment().put("WINEARCH", "win64");
        builder.environment().remove("JAVA_HOME");
        Process process = builder.start();
        try {
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isEqualTo(3);
            assertThat(text).contains("berth: Berth needs Java 17 or newer, and found none");
        } finally {
            process.destroyForcibly();
            Path server = wine.resolveSibling("wineserver64");
            ProcessBuilder end = new ProcessBuilder(server.toString(), "-k", "-w");
            end.environment().put("WINEPREFIX", temp.resolve("prefix").toString());
            end.start().waitFor();
            // JUnit warns of links that lead out, and Wine makes many.
            RuntimeImage.run(List.of("rm", "-rf", temp.resolve("prefix").toString()));
        }
    }

    /** A root file system with what every Debian has: a shell, the C library and the tools that the start script calls. */
    private Path minimalRoot() throws IOException, InterruptedException {
        Path root = Files.createDirectories(temp.resolve("root"));
        for (String folder :
                List.of("proc", "dev", "tmp", "root", "opt", "etc", "usr/bin", "usr/lib", "usr/lib64", "var/lib")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String folder : List.of("bin", "lib", "lib64")) {
            Files.createSymbolicLink(root.resolve(folder), Path.of("usr", folder));
        }
        List<String> programs = new ArrayList<>();
        for (String program : List.of("sh", "sed", "readlink", "mkdir", "cat", "env")) {
            programs.add(RuntimeImage.run(List.of("sh", "-c", "command -v " + program))
                    .strip());
        }
        List<Path> libraries = new ArrayList<>();
        List<String> ldd = new ArrayList<>(List.of("ldd"));
        ldd.addAll(programs);
        for (String word : RuntimeImage.run(ldd).split("\\s+")) {
            if (word.startsWith("/") && !word.endsWith(":")) {
                libraries.add(Path.of(word));
            }
        }
        // What a Debian always has beside, which a JVM opens; the first of a runtime that is not Debian's.
        for (String name : List.of(
                "libdl.so.2",
                "libpthread.so.0",
                "librt.so.1",
                "libm.so.6",
                "libz.so.1",
                "libstdc++.so.6",
                "libgcc_s.so.1")) {
            String found = RuntimeImage.run(List.of(
                    "sh",
                    "-c",
                    "ldconfig -p | sed -n 's/.*\\t" + name + " (.*x86-64.*=> //p;s/.*\\t" + name
                            + " (.*AArch64.*=> //p'"));
            found.lines().findFirst().map(Path::of).ifPresent(libraries::add);
        }
        for (Path file : libraries) {
            copy(file, root);
        }
        // Of libc-bin, which every Debian has: names that are not ASCII.
        try (Stream<Path> locale = Files.walk(Path.of("/usr/lib/locale/C.utf8"))) {
            for (Path file : locale.filter(Files::isRegularFile).toList()) {
                copy(file, root);
            }
        }
        for (String program : programs) {
            copy(Path.of(program), root);
        }
        return root;
    }

    private static void copy(Path file, Path root) throws IOException {
        Path to = root.resolve(file.toString().substring(1));
        if (!Files.exists(to)) {
            Files.createDirectories(to.getParent());
            Files.copy(file.toRealPath(), to);
        }
    }

    /** Runs a command in {@code root}, with or without a way to write below /opt. */
    private String inside(Path root, boolean readOnly, String command) throws IOException, InterruptedException {
        String script = "set -e; mount -t proc proc '" + root + "/proc'; "
                + (readOnly
                        ? "mount --bind '" + root + "/opt' '" + root + "/opt'; mount -o remount,ro,bind '" + root
                                + "/opt'; "
                        : "")
                + "exec chroot '" + root + "' /usr/bin/env -i HOME=/root PATH=/usr/bin LC_ALL=C.UTF-8 sh -c \"$1\"";
        return RuntimeImage.run(List.of("unshare", "--mount", "--pid", "--fork", "sh", "-c", script, "sh", command));
    }

    private static Path onlyZip(String part) throws IOException {
        try (Stream<Path> files = Files.list(made)) {
            return files.filter(file -> file.toString().endsWith(".zip")
                            && file.getFileName().toString().contains(part))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Unpacks as Info-ZIP does: with the modes. */
    private static void unzip(Path zip, Path to) throws IOException, InterruptedException {
        RuntimeImage.run(List.of("python3", "-c", """
                import zipfile, sys, os
                with zipfile.ZipFile(sys.argv[1]) as z:
                    for i in z.infolist():
                        os.chmod(z.extract(i, sys.argv[2]), i.external_attr >> 16 & 0o777)
                """, zip.toString(), to.toString()));
    }

    private static Map<String, String> listing(Path root) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.toList()) {
                String name = root.relativize(path).toString();
                if (!name.startsWith("var/lib/dpkg") && !name.startsWith("var/log")) {
                    all.put(
                            name,
                            Files.isRegularFile(path)
                                    ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                                    : "");
                }
            }
        }
        return all;
    }
}
