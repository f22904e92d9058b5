/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is laid out takes an update that the build's own tools made and signed, runs it, and goes back. */
@Timeout(300)
class UpdateAcceptanceTest {

    private static final Path LAYOUT = Path.of("target", "berth").toAbsolutePath();

    @TempDir
    Path temp;

    @Test
    void takesAnUpdateRunsItAndGoesBack() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path site = temp.resolve("site");
        Path secret = Files.writeString(
                temp.resolve("key.pem"), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        Path open = Files.writeString(
                temp.resolve("key.pub"), pem("PUBLIC KEY", keys.getPublic().getEncoded()));
        new Signer(secret).sign(UpdateFiles.write(nextBerth(), "9.9", Instant.now(), site));

        Berth berth = new Berth(temp.resolve("home"), temp);
        String installed = berth.run("--version", "--json").value("build");
        Berth.Outcome off = berth.run("update");
        assertThat(off.code()).isEqualTo(2);
        assertThat(off.err()).contains("Updates are off");

        Berth.Outcome taken =
                berth.run("update", "--json", "--site", site.toUri().toString(), "--key", open.toString());
        assertThat(taken.code()).as(taken.err()).isZero();
        assertThat(taken.value("version")).isEqualTo("9.9");
        // Only the two lists that differ are fetched, not the jars.
        assertThat(Long.parseLong(taken.value("downloadBytes"))).isBetween(1L, 10_000L);
        assertThat(berth.run("--version", "--json").value("build")).isEqualTo("next");
        assertThat(berth.run("update").out()).contains("there is nothing newer");

        Berth.Outcome back = berth.run("update", "--back");
        assertThat(back.out()).isEqualTo("The next start runs Berth as it was installed.\n");
        assertThat(berth.run("--version", "--json").value("build")).isEqualTo(installed);
    }

    /** This Berth without one of its plugins. */
    private static FileSet nextBerth() throws Exception {
        FileSet next =
                new FileSet().folder("", LAYOUT).without("lib/cds/").without("plugins/dev.berth.plugin.terminal");
        String list = new String(
                Objects.requireNonNull(next.items().get("conf/bundles.list"))
                        .content()
                        .read(),
                StandardCharsets.UTF_8);
        return next.text("conf/bundles.list", list.replaceAll("(?m)^.*plugin\\.terminal.*\n", ""))
                .text("conf/build.id", "next\n");
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + kind
                + "-----\n";
    }
}
