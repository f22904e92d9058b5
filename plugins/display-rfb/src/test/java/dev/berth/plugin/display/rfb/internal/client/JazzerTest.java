/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jazzer looks for harm by itself, guided by coverage, in a process of its own, beginning with what is in the corpus. */
@Tag("long")
final class JazzerTest {

    private static final int ROUNDS = Integer.getInteger("berth.jazzer.rounds", 300_000);

    @TempDir
    Path folder;

    @Test
    @Timeout(1000)
    void findsNoHarm() throws Exception {
        Path seeds = Files.createDirectories(folder.resolve("seeds"));
        seeds(seeds);
        Path log = folder.resolve("jazzer.log");
        Process jazzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dberth.fuzzer=true",
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:+EnableDynamicAgentLoading",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", "")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + HostileStream.class.getName(),
                        "--instrumentation_includes=dev.berth.plugin.display.rfb.**",
                        "--custom_hook_includes=dev.berth.plugin.display.rfb.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-runs=" + ROUNDS,
                        "-max_len=20000",
                        "-timeout=30",
                        "-rss_limit_mb=0",
                        "-seed=20261123",
                        Files.createDirectories(folder.resolve("grown")).toString(),
                        seeds.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(jazzer.waitFor(900, TimeUnit.SECONDS)).isTrue();
        } finally {
            jazzer.destroyForcibly().waitFor();
        }
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        assertThat(text).contains("DONE", "cov: ");
        assertThat(jazzer.exitValue()).as(text).isZero();
    }

    private static void seeds(Path into) throws IOException {
        try (Stream<Path> files = Files.walk(HostileServerTest.corpus())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                String name = String.valueOf(file.getFileName());
                // What was found says itself which of the two it is.
                if (name.endsWith(".hello") || name.endsWith(".rfb")) {
                    write(into.resolve(name), name.endsWith(".hello") ? 'H' : 'S', bytes);
                } else {
                    Files.write(into.resolve(name), bytes);
                }
            }
        }
        List<byte[]> synthetic = List.of(SyntheticStreams.all());
        for (int i = 0; i < synthetic.size(); i++) {
            write(into.resolve("synthetic" + i), 'S', synthetic.get(i));
        }
    }

    private static void write(Path file, char kind, byte[] bytes) throws IOException {
        byte[] whole = new byte[bytes.length + 1];
        whole[0] = (byte) kind;
        System.arraycopy(bytes, 0, whole, 1, bytes.length);
        Files.write(file, whole);
    }
}
