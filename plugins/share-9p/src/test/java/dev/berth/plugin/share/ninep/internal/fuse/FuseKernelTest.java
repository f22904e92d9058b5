/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plugin.share.ninep.internal.linux.LinuxVolume;
import dev.berth.plugin.share.ninep.internal.protocol.Export;
import dev.berth.plugin.share.ninep.internal.volume.Ownership;
import dev.berth.plugin.share.ninep.internal.volume.Volume;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** This machine's own kernel as the client, in a mount namespace that the test makes; needs root. */
@Timeout(300)
class FuseKernelTest {

    @TempDir
    Path temp;

    @Test
    void ordinaryUse() throws Exception {
        assertThat(run(resource("/dev/berth/plugin/share/ninep/ordinary-use"), false))
                .contains("EXIT 0")
                .doesNotContain("FAIL");
    }

    @Test
    void whatPosixSays() throws Exception {
        assertThat(run(resource("/dev/berth/plugin/share/ninep/posix-semantics.py"), false))
                .contains("EXIT 0")
                .doesNotContain("FAIL");
    }

    @Test
    void readOnlyIsReadOnlyWhateverTheGuestMounts() throws Exception {
        Path share = Files.createDirectory(temp.resolve("share"));
        Files.writeString(share.resolve("kept"), "kept\n");
        Path script = Files.writeString(temp.resolve("script"), """
                is() { "$@" 2>/dev/null && echo "FAIL: $*"; true; }
                [ "$(cat kept)" = kept ] || echo "FAIL: kept"
                is touch new
                is sh -c 'echo more >> kept'
                is mkdir folder
                is rm kept
                is mv kept other
                is chmod 600 kept
                is ln kept further
                is ln -s kept link
                """);
        assertThat(run(script, true)).contains("EXIT 0").doesNotContain("FAIL");
        assertThat(share.resolve("kept")).hasContent("kept");
        try (var list = Files.list(share)) {
            assertThat(list).hasSize(1);
        }
    }

    @Test
    void nothingOutsideIsFound() throws Exception {
        Path secret = Files.writeString(temp.resolve("secret"), "secret\n");
        Path share = Files.createDirectory(temp.resolve("share"));
        // The guest's kernel follows links itself, in the guest; what the server is asked for by name stays below the
        // folder.
        Files.createSymbolicLink(share.resolve("out"), secret);
        Files.createSymbolicLink(share.resolve("up"), Path.of(".."));
        Path script = Files.writeString(temp.resolve("script"), """
                [ -L out ] && [ -L up ] || echo FAIL: links
                [ "$(stat -c %i up/..)" != "$(stat -c %i .)" ] || echo FAIL: up
                for i in $(seq 200); do mkdir -p a/b && mv a/b c && [ ! -e c/../secret ] && rmdir c a || echo FAIL: $i; done
                """);
        assertThat(run(script, false)).contains("EXIT 0").doesNotContain("FAIL");
    }

    private String run(Path script, boolean readOnly) throws Exception {
        Path share = Files.createDirectories(temp.resolve("share"));
        Path log = temp.resolve("log");
        Volume volume = LinuxVolume.open(share, Ownership.hosts());
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "TERM", "unshare", "--mount", "sh"));
        command.add(resource("/dev/berth/plugin/share/ninep/fuse-client").toString());
        command.add(resource("carry.pl").toString());
        command.add(script.toString());
        command.add(log.toString());
        command.add("/mnt/share/new folder");
        if (readOnly) {
            // Not told to the guest: the server must hold by itself.
            command.add("");
        }
        Process guest = new ProcessBuilder(command)
                .redirectError(temp.resolve("errors").toFile())
                .start();
        CountDownLatch over = new CountDownLatch(1);
        FuseConnection connection = FuseConnection.start(
                new Export(volume, readOnly, ""),
                new StreamWire(guest.getInputStream(), guest.getOutputStream()),
                "test",
                () -> {
                    volume.close();
                    over.countDown();
                });
        try {
            assertThat(guest.waitFor(280, TimeUnit.SECONDS)).as(() -> read(log)).isTrue();
            // The guest's end is the end of all that was open.
            over.await();
        } finally {
            guest.destroyForcibly().waitFor();
            connection.close();
        }
        return read(log) + read(temp.resolve("errors"));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }

    private static Path resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(FuseKernelTest.class.getResource(name), name)
                .toURI());
    }
}
