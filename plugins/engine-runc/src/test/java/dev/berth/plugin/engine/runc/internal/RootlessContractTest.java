/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract as a plain user. The user exists only in a mount namespace of this test, which sees another
 * {@code /etc/passwd}, {@code /etc/subuid} and {@code /etc/subgid}; the contract runs there in a JVM of its own.
 */
class RootlessContractTest {

    private static final String UID = "23457";

    @TempDir
    Path folder;

    @Test
    void passesTheContractWithoutAnyRight() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        List<String> classPath = readableClassPath(folder.resolve("lib"));
        Files.writeString(
                folder.resolve("passwd"),
                "root:x:0:0:root:/root:/bin/sh\nberthtest:x:" + UID + ":" + UID + "::" + home + ":/bin/sh\n");
        Files.writeString(folder.resolve("subid"), "berthtest:400000:65536\n");
        run("chmod", "711", folder.toString());
        run("chown", UID + ":" + UID, home.toString());
        Process child = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "sh",
                        "-ec",
                        "for f in passwd; do mount --bind $1/$f /etc/$f; done\n"
                                + "for f in subuid subgid; do [ -e /etc/$f ] || exit 90; mount --bind $1/subid /etc/$f; done\n"
                                // Where no udev runs, the device is root's alone; everywhere else it is not.
                                + "mknod -m 666 $1/tun c 10 200; mount --bind $1/tun /dev/net/tun\n"
                                + "shift; cd /; exec setpriv --reuid " + UID + " --regid " + UID
                                + " --clear-groups --inh-caps=-all --bounding-set=+all \"$@\"",
                        "sh",
                        folder.toString(),
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Djava.io.tmpdir=" + home,
                        "-Duser.home=" + home,
                        "-Dberth.test.home=" + home,
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        String.join(File.pathSeparator, classPath),
                        RootlessContract.class.getName())
                .redirectErrorStream(true)
                .start();
        child.getOutputStream().close();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        assertThat(output).contains("keepsStreamsAndExitCodeApart");
    }

    /** The class path in a place where a plain user may read. */
    private static List<String> readableClassPath(Path to) throws Exception {
        List<String> copied = new ArrayList<>();
        Files.createDirectories(to);
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : all.split(File.pathSeparator)) {
            Path source = Path.of(entry);
            if (!Files.exists(source)) {
                continue;
            }
            Path target = to.resolve(copied.size() + "-" + source.getFileName());
            try (Stream<Path> files = Files.walk(source)) {
                for (Path file : files.toList()) {
                    Path copy = target.resolve(source.relativize(file).toString());
                    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(file, file.equals(source) ? target : copy);
                    }
                }
            }
            copied.add(target.toString());
        }
        run("chmod", "-R", "a+rX", to.toString());
        return copied;
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
