/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real Linux kernel (user-mode-linux) mounts the server, and programs that everybody uses work in the mount. */
class KernelClientTest {

    private static final String SECRET = "sesame";

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({"none, 1048576, client", "mmap, 65536, user", "loose, 1048576, client"})
    void ordinaryUse(String cache, int messageSize, String access) throws Exception {
        run(resource("ordinary-use"), cache, messageSize, access, SECRET, 300);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "none, 8192, user",
        "none, 65536, client",
        "mmap, 8192, client",
        "mmap, 1048576, client",
        "loose, 8192, client",
        "loose, 65536, user"
    })
    void ordinaryUseHoweverMounted(String cache, int messageSize, String access) throws Exception {
        ordinaryUse(cache, messageSize, access);
    }

    /** As root, since it asks as several users. */
    @ParameterizedTest
    @CsvSource({"none, 65536, user"})
    void whatPosixSays(String cache, int messageSize, String access) throws Exception {
        run(resource("posix-semantics.py"), cache, messageSize, access, SECRET, 300);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "none, 8192, client",
        "none, 1048576, client",
        "mmap, 8192, client",
        "mmap, 65536, user",
        "mmap, 1048576, client",
        "loose, 8192, client",
        "loose, 65536, user",
        "loose, 1048576, client"
    })
    void whatPosixSaysHoweverMounted(String cache, int messageSize, String access) throws Exception {
        whatPosixSays(cache, messageSize, access);
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        Path folder = Files.createDirectory(temp.resolve("share"));
        assertThat(start(folder, resource("ordinary-use"), "none", 65_536, "client", "guess", 120))
                .doesNotContain("EXIT 0");
        try (var list = Files.list(folder)) {
            assertThat(list).isEmpty();
        }
    }

    @Tag("long")
    @Timeout(1_000)
    @ParameterizedTest
    @CsvSource({
        "mmap, 1048576",
        "mmap, 65536",
        "mmap, 8192",
        "loose, 1048576",
        "loose, 65536",
        "loose, 8192",
        "none, 1048576",
        "none, 65536",
        "none, 8192"
    })
    void heavyUse(String cache, int messageSize) throws Exception {
        Path source = Files.createDirectory(temp.resolve("source"));
        Path log = temp.resolve("fetch-log");
        Process fetch = new ProcessBuilder(resource("fetch-source"), "zlib", source.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(fetch.waitFor()).describedAs(Files.readString(log)).isZero();
        Path script = temp.resolve("heavy-use");
        Files.writeString(script, "source=" + source + "\n" + Files.readString(Path.of(resource("heavy-use"))));
        run(script.toString(), cache, messageSize, "client", SECRET, 900);
    }

    private void run(String script, String cache, int messageSize, String access, String secret, int seconds)
            throws Exception {
        Path folder = Files.createDirectory(temp.resolve("share"));
        assertThat(start(folder, script, cache, messageSize, access, secret, seconds))
                .contains("EXIT 0")
                .doesNotContain("FAIL");
    }

    private String start(
            Path folder, String script, String cache, int messageSize, String access, String name, int seconds)
            throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>(List.of(
                "timeout",
                "-k",
                "5",
                String.valueOf(seconds),
                resource("kernel-client"),
                String.valueOf(messageSize),
                cache,
                access,
                name,
                script,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServeMain.class.getName(),
                folder.toString(),
                "tcp:10.99.0.1:5640",
                SECRET));
        command.add(0, "setpriv");
        command.add(1, "--pdeathsig");
        command.add(2, "TERM");
        Path log = temp.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(seconds + 20L, TimeUnit.SECONDS)).isTrue();
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    /** The scripts lie in a folder of files, not in a jar: this module's tests run on it only. */
    private static String resource(String name) throws URISyntaxException {
        Path path = Path.of(Objects.requireNonNull(
                        KernelClientTest.class.getResource("/dev/berth/plugin/share/ninep/" + name), name)
                .toURI());
        if (!path.toFile().canExecute() && !path.toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot run " + path);
        }
        return path.toString();
    }
}
