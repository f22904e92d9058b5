/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static dev.berth.plugin.share.ninep.internal.NinepClient.ROOT;
import static dev.berth.plugin.share.ninep.internal.NinepClient.check;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.io.TempDir;

/** A shared folder that attacks are made on. Beside it lies a folder with a secret; after each attack that is as it was,
 * the secret was not read, and the server still serves others. */
abstract class AttackedShare {

    private static final String SECRET = "the-secret-outside";

    @TempDir
    Path temp;

    Path share;
    Path outside;
    TestServer server;
    NinepClient client;
    NinepClient other;

    @BeforeEach
    void start() throws Exception {
        share = Files.createDirectory(temp.resolve("share"));
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("secret"), SECRET);
        Files.createDirectory(outside.resolve("folder"));
        Files.writeString(share.resolve("file"), "inside");
        Files.createDirectories(share.resolve("a/b/c"));
        Files.createSymbolicLink(share.resolve("out"), outside);
        Files.createSymbolicLink(share.resolve("up"), Path.of("../outside"));
        Files.createSymbolicLink(share.resolve("secretlink"), outside.resolve("secret"));
        Files.createSymbolicLink(share.resolve("proc"), Path.of("/proc/self/root"));
        Files.createSymbolicLink(share.resolve("loop"), Path.of("loop"));
        server = new TestServer(share, temp.resolve("s"), false);
        client = server.client();
        other = server.client();
    }

    @AfterEach
    void stop() throws Exception {
        try (NinepClient fresh = server.client()) {
            check(fresh.walk(ROOT, 1, "file"));
            check(fresh.open(1, 0));
            assertThat(fresh.readText(1)).as("still serves a new client").isEqualTo("inside");
        }
        assertThat(other.walk(ROOT, 1000).errno())
                .as("still serves another client")
                .isZero();
        assertUntouched();
        client.close();
        other.close();
        server.close();
    }

    void assertUntouched() throws IOException {
        assertThat(outside.resolve("secret")).hasContent(SECRET);
        try (var list = Files.list(outside)) {
            assertThat(list.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("secret", "folder");
        }
        try (var list = Files.list(outside.resolve("folder"))) {
            assertThat(list).isEmpty();
        }
    }

    interface Attack {
        /** Returns the error number, which must not be 0. */
        int run() throws IOException;
    }

    static void attack(List<DynamicTest> to, String name, Attack attack) {
        to.add(DynamicTest.dynamicTest(
                name, () -> assertThat(attack.run()).as(name).isNotZero()));
    }
}
