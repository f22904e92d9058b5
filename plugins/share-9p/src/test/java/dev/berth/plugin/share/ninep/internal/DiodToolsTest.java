/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** diod's client tools, another implementation of the client side, against this server. */
class DiodToolsTest {

    @TempDir
    Path temp;

    private Path share;
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        share = Files.createDirectory(temp.resolve("share"));
        server = new TestServer(share, temp.resolve("s"), false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String run(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.add(1, "-s");
        all.add(2, temp.resolve("s").toString());
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    @Test
    void lists() throws Exception {
        Files.writeString(share.resolve("one"), "1");
        Files.createDirectory(share.resolve("two"));
        assertThat(run("diodls", "-a", "/", "-l")).contains(" one", " two", "drwx");
    }

    @Test
    void readsWhatIsWritten() throws Exception {
        Files.writeString(share.resolve("text"), "across\n".repeat(50_000));
        assertThat(run("diodcat", "-a", "/", "text")).isEqualTo("across\n".repeat(50_000));
    }

    @Test
    void tellsTheDate() throws Exception {
        Files.writeString(share.resolve("date"), "981173106.000000 0.0\n");
        assertThat(run("dioddate")).contains("2001");
    }

    @Test
    void bearsLoadOnEightConnections() throws Exception {
        Files.write(share.resolve("zero"), new byte[1 << 20]);
        Files.createFile(share.resolve("null"));
        assertThat(run("diodload", "-n", "8", "-r", "2")).doesNotContain("error");
        String getattr = run("diodload", "-n", "8", "-r", "2", "-g");
        assertThat(Pattern.compile("[1-9][0-9]* ops/s").matcher(getattr).find())
                .as(getattr)
                .isTrue();
    }
}
