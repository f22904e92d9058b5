/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static dev.berth.plugin.share.ninep.internal.NinepClient.ROOT;
import static dev.berth.plugin.share.ninep.internal.NinepClient.check;
import static dev.berth.plugin.share.ninep.internal.NinepClient.fields;
import static dev.berth.plugin.share.ninep.internal.NinepClient.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks on the border of the shared folder. Beside it lies a folder with a secret; after each attack that is as it
 * was, the secret was not read, and the server still serves others.
 */
class ConfinementTest {

    private static final String SECRET = "the-secret-outside";
    private static final int EROFS = 30;

    @TempDir
    Path temp;

    private Path share;
    private Path outside;
    private TestServer server;
    private NinepClient client;
    private NinepClient other;

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

    private void assertUntouched() throws IOException {
        assertThat(outside.resolve("secret")).hasContent(SECRET);
        try (var list = Files.list(outside)) {
            assertThat(list.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("secret", "folder");
        }
        try (var list = Files.list(outside.resolve("folder"))) {
            assertThat(list).isEmpty();
        }
    }

    private interface Attack {
        /** Returns the error number, which must not be 0. */
        int run() throws IOException;
    }

    private static void attack(List<DynamicTest> to, String name, Attack attack) {
        to.add(DynamicTest.dynamicTest(
                name, () -> assertThat(attack.run()).as(name).isNotZero()));
    }

    @TestFactory
    List<DynamicTest> names() {
        List<DynamicTest> tests = new ArrayList<>();
        String[] bad = {
            "..",
            ".",
            "",
            "/",
            "../outside",
            "../../etc",
            "a/../../outside",
            "/etc",
            "/etc/passwd",
            "a/b",
            "x\0y",
            "..\0",
            "./..",
            "../",
            "\0",
            "a/",
            "out/secret",
            "x".repeat(256),
            "y".repeat(60_000)
        };
        int[] n = {100};
        for (String name : bad) {
            String shown = name.replace("\0", "NUL");
            shown = shown.length() > 30 ? shown.length() + " bytes" : shown;
            attack(tests, "create " + shown, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid));
                return client.create(fid, name, 0x42, 0644).errno();
            });
            attack(tests, "make folder " + shown, () -> client.mkdir(ROOT, name).errno());
            attack(
                    tests,
                    "make link " + shown,
                    () -> client.symlink(ROOT, name, "/etc").errno());
            attack(tests, "remove " + shown, () -> client.unlink(ROOT, name, 0).errno());
            attack(
                    tests,
                    "remove folder " + shown,
                    () -> client.unlink(ROOT, name, 0x200).errno());
            attack(
                    tests,
                    "rename to " + shown,
                    () -> client.rename(ROOT, "file", ROOT, name).errno());
            attack(
                    tests,
                    "rename from " + shown,
                    () -> client.rename(ROOT, name, ROOT, "taken").errno());
            if (!name.equals("..") && !name.equals(".")) {
                attack(
                        tests,
                        "walk " + shown,
                        () -> client.walk(ROOT, n[0]++, name).errno());
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> links() {
        List<DynamicTest> tests = new ArrayList<>();
        int[] n = {500};
        for (String link : List.of("out", "up", "secretlink", "proc", "loop")) {
            attack(tests, "open the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.open(fid, 0).errno();
            });
            attack(tests, "open the link for writing " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.open(fid, 0x201).errno();
            });
            attack(tests, "create through the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.create(fid, "made", 0x42, 0644).errno();
            });
            attack(tests, "create onto the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid));
                return client.create(fid, link, 0x241, 0644).errno();
            });
            attack(tests, "walk through the link " + link, () -> {
                NinepClient.Reply reply = client.walk(ROOT, n[0]++, link, "secret");
                return reply.errno() != 0 || reply.body().getShort(0) < 2 ? 1 : 0;
            });
            attack(tests, "make a folder below the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.mkdir(fid, "made").errno();
            });
            attack(tests, "remove below the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.unlink(fid, "secret", 0).errno();
            });
            attack(tests, "rename out through the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.rename(ROOT, "file", fid, "stolen").errno();
            });
            attack(tests, "truncate through the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                return client.call(26, 1, fields(fid, 8, 0, 0, 0, 0L, 0L, 0L, 0L, 0L))
                        .errno();
            });
            attack(tests, "set an attribute through the link " + link, () -> {
                int fid = n[0]++;
                check(client.walk(ROOT, fid, link));
                check(client.call(32, 1, fields(fid, "user.x", 0L, 0)));
                return client.clunk(fid).errno();
            });
        }
        return tests;
    }

    @Test
    void parentOfTheRootIsTheRoot() throws IOException {
        NinepClient.Reply root = check(client.getattr(ROOT));
        check(client.walk(ROOT, 1, "..", "..", "..", ".."));
        assertThat(check(client.getattr(1)).body()).isEqualTo(root.body());
        check(client.walk(ROOT, 2, "a", "b", "..", "..", "..", "file"));
        check(client.open(1, 0));
        assertThat(client.list(1, 4096)).contains("file", "a").doesNotContain("outside", "share", "s");
    }

    /** A folder is moved up while a client stands in what was below it, and walks to the parent. */
    @Test
    void renamedParentsDoNotLeadOut() throws IOException {
        check(client.walk(ROOT, 1, "a", "b", "c"));
        check(client.rename(ROOT, "a", ROOT, "moved"));
        check(client.walk(ROOT, 2, "moved", "b"));
        check(client.rename(2, "c", ROOT, "c"));
        for (int i = 0; i < 6; i++) {
            check(client.walk(1, 1, ".."));
        }
        check(client.walk(1, 3, "file"));
        assertThat(client.walk(1, 4, "outside").errno()).isNotZero();
        assertThat(client.walk(1, 5, "..", "outside").body().getShort(0)).isEqualTo((short) 1);
    }

    /** The host itself moves the folder that a client stands in out of the share; its parent is still the share's. */
    @Test
    void parentsStayInsideWhenTheHostMovesAFolderOut() throws IOException {
        check(client.walk(ROOT, 1, "a", "b"));
        Path away = temp.resolve("away");
        Files.move(share.resolve("a"), away);
        check(client.walk(1, 2, "..", ".."));
        check(client.walk(2, 3, "file"));
        assertThat(client.walk(2, 4, "outside").errno()).isNotZero();
    }

    /** A folder turns into a link to the outside and back while it is used. */
    @RepeatedTest(3)
    void linkRaces() throws Exception {
        Path racing = share.resolve("race");
        AtomicBoolean stop = new AtomicBoolean();
        Thread swapper = new Thread(() -> {
            while (!stop.get()) {
                swap(racing);
            }
        });
        swapper.start();
        try {
            for (int i = 0; i < 1500; i++) {
                if (client.walk(ROOT, 10, "race").errno() == 0) {
                    client.mkdir(10, "made" + i);
                    client.unlink(10, "secret2", 0);
                    client.symlink(10, "l" + i, "x");
                    client.rename(10, "l" + i, 10, "m" + i);
                    client.clunk(10);
                }
                NinepClient.Reply reply = client.walk(ROOT, 11, "race", "secret");
                if (reply.errno() == 0 && reply.body().getShort(0) == 2) {
                    if (client.open(11, 0).errno() == 0) {
                        assertThat(client.readText(11)).isIn("inside", "");
                    }
                    client.clunk(11);
                }
                check(client.walk(ROOT, 12));
                if (client.create(12, "race", 0x241, 0644).errno() == 0) {
                    client.unlink(ROOT, "race", 0);
                }
                client.clunk(12);
            }
        } finally {
            stop.set(true);
            swapper.join();
        }
        assertUntouched();
    }

    /** A folder, then a link to the outside; whatever the client made of the name meanwhile gives way. */
    private void swap(Path racing) {
        try {
            if (Files.isDirectory(racing, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(racing, temp.resolve("gone" + System.nanoTime()));
            } else {
                Files.deleteIfExists(racing);
            }
            Files.createSymbolicLink(racing, outside);
            Files.deleteIfExists(racing);
            Files.createDirectory(racing);
            Files.writeString(racing.resolve("secret"), "inside", StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            // The client was faster; the next round begins anew.
        }
    }

    @TestFactory
    List<DynamicTest> others() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        attack(
                tests,
                "device, character",
                () -> client.call(18, 1, fields(ROOT, "d", 0x2000 | 0666, 1, 3, 0))
                        .errno());
        attack(
                tests,
                "device, block",
                () -> client.call(18, 1, fields(ROOT, "d", 0x6000 | 0666, 8, 0, 0))
                        .errno());
        attack(
                tests,
                "authentication",
                () -> client.call(102, 1, fields(9, "root", "x", 0)).errno());
        attack(tests, "fid in use", () -> client.walk(ROOT, ROOT + 0, "nothing").errno());
        attack(tests, "attach to a fid in use", () -> client.attach(ROOT, "x").errno());
        attack(tests, "unknown fid", () -> client.getattr(77).errno());
        attack(tests, "fid that is no fid", () -> client.attach(-1, "x").errno());
        attack(tests, "read what is not open", () -> {
            check(client.walk(ROOT, 20, "file"));
            return client.read(20, 0, 10).errno();
        });
        attack(tests, "write what is open for reading", () -> {
            check(client.open(20, 0));
            return client.write(20, 0, new byte[3]).errno();
        });
        attack(tests, "open twice", () -> client.open(20, 0).errno());
        attack(tests, "negative offset", () -> client.read(20, -5, 10).errno());
        attack(
                tests,
                "list a file",
                () -> client.call(40, 1, fields(20, 0L, 100)).errno());
        attack(tests, "read after the fid was given up", () -> {
            check(client.clunk(20));
            return client.read(20, 0, 10).errno();
        });
        attack(tests, "give up twice", () -> client.clunk(20).errno());
        attack(tests, "remove the root", () -> {
            check(client.walk(ROOT, 21));
            return client.call(122, 1, fields(21)).errno();
        });
        attack(
                tests,
                "rename the root",
                () -> client.call(20, 1, fields(ROOT, ROOT, "x")).errno());
        attack(
                tests,
                "link a folder",
                () -> client.call(70, 1, fields(ROOT, ROOT, "x")).errno());
        attack(
                tests,
                "more names than allowed",
                () -> client.walk(ROOT, 22, "a a a a a a a a a a a a a a a a a".split(" "))
                        .errno());
        attack(tests, "unknown message", () -> client.call(200, 1, new byte[0]).errno());
        attack(tests, "reply as request", () -> client.call(117, 1, new byte[9]).errno());
        attack(
                tests,
                "foreign attribute",
                () -> client.call(30, 1, fields(ROOT, 23, "security.capability"))
                        .errno());
        attack(
                tests,
                "attribute list to a fid in use",
                () -> client.call(30, 1, fields(ROOT, 1000000, "system.x")).errno());
        attack(tests, "trusted attribute", () -> {
            check(client.walk(ROOT, 24, "file"));
            check(client.call(32, 1, fields(24, "trusted.x", 0L, 0)));
            return client.clunk(24).errno();
        });
        attack(tests, "huge attribute", () -> {
            check(client.walk(ROOT, 25, "file"));
            return client.call(32, 1, fields(25, "user.x", Long.MAX_VALUE, 0)).errno();
        });
        attack(
                tests,
                "flags of unlink",
                () -> client.unlink(ROOT, "file", 0x1000).errno());
        attack(
                tests,
                "lock of a bad type",
                () -> client.call(52, 1, fields(ROOT, (byte) 9, 0, 0L, 0L, 1, "x"))
                        .errno());
        attack(
                tests,
                "lock of what is not open",
                () -> client.call(52, 1, fields(ROOT, (byte) 1, 0, 0L, 0L, 1, "x"))
                        .errno());
        attack(
                tests,
                "write with a count beyond the message",
                () -> client.call(118, 1, fields(ROOT, 0L, 1 << 30, new byte[10]))
                        .errno());
        attack(
                tests,
                "string beyond the message",
                () -> client.call(110, 1, fields(ROOT, 30, (short) 1, (short) 5000))
                        .errno());
        attack(
                tests,
                "a field too many",
                () -> client.call(120, 1, fields(ROOT, 1)).errno());
        attack(tests, "no field at all", () -> client.call(24, 1, new byte[0]).errno());
        return tests;
    }

    @TestFactory
    List<DynamicTest> framesThatEndTheConnection() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int size : new int[] {0, 1, 6, -1, Integer.MIN_VALUE, (1 << 20) + 1, Integer.MAX_VALUE}) {
            tests.add(DynamicTest.dynamicTest("frame of " + size, () -> {
                try (NinepClient rude = server.client()) {
                    rude.sendRaw(frame(size, 24, 1, new byte[20]));
                    assertThat(rude.isEnded()).isTrue();
                }
            }));
        }
        tests.add(DynamicTest.dynamicTest("half a frame", () -> {
            try (NinepClient rude = server.client()) {
                rude.sendRaw(frame(5000, 118, 1, new byte[20]));
                rude.shutdownOutput();
                assertThat(rude.isEnded()).isTrue();
            }
        }));
        tests.add(DynamicTest.dynamicTest("request before the version", () -> {
            try (NinepClient rude = new NinepClient(server.address())) {
                rude.send(104, 1, fields(ROOT, -1, "root", "x", 0));
                assertThat(rude.isEnded()).isTrue();
            }
        }));
        return tests;
    }

    @Test
    void hugeCountsAreCutToTheMessageSize() throws IOException {
        check(client.walk(ROOT, 1, "file"));
        check(client.open(1, 0));
        assertThat(check(client.read(1, 0, -1)).body().getInt(0)).isEqualTo(6);
        assertThat(check(client.read(1, 0, Integer.MAX_VALUE)).body().getInt(0)).isEqualTo(6);
        assertThat(client.read(1, Long.MAX_VALUE - 1, 100).errno()).isEqualTo(22);
    }

    @Test
    void readOnlyMeansReadOnly() throws Exception {
        try (TestServer frozen = new TestServer(share, temp.resolve("ro"), true);
                NinepClient c = frozen.client()) {
            check(c.walk(ROOT, 1, "file"));
            List<NinepClient.Reply> replies = new ArrayList<>(List.of(
                    c.open(1, 1),
                    c.open(1, 2),
                    c.open(1, 0x200),
                    c.create(ROOT, "n", 0x42, 0644),
                    c.mkdir(ROOT, "n"),
                    c.symlink(ROOT, "n", "x"),
                    c.unlink(ROOT, "file", 0),
                    c.unlink(ROOT, "a", 0x200),
                    c.rename(ROOT, "file", ROOT, "n"),
                    c.write(1, 0, new byte[1]),
                    c.call(18, 1, fields(ROOT, "n", 0x1000 | 0644, 0, 0, 0)),
                    c.call(20, 1, fields(1, ROOT, "n")),
                    c.call(26, 1, fields(1, 1, 0, 0, 0, 0L, 0L, 0L, 0L, 0L)),
                    c.call(32, 1, fields(1, "user.x", 0L, 0)),
                    c.call(70, 1, fields(ROOT, 1, "n")),
                    c.call(122, 1, fields(1))));
            assertThat(replies).allSatisfy(r -> assertThat(r.errno()).isEqualTo(EROFS));
            assertThat(share.resolve("file")).hasContent("inside");
        }
    }

    /** Random messages, mostly well-formed, from a fixed seed; whatever happens, the server serves the next client. */
    @RepeatedTest(4)
    void randomMessages(RepetitionInfo info) throws Exception {
        Random random = new Random(info.getCurrentRepetition());
        int[] types = {
            8, 12, 14, 16, 18, 20, 22, 24, 26, 30, 32, 40, 50, 52, 54, 70, 72, 74, 76, 102, 104, 108, 110, 116, 118,
            120, 122
        };
        String[] names = {"..", ".", "file", "a", "out", "../outside", "x", "", "secret", "proc", "b", "/"};
        for (int connection = 0; connection < 15; connection++) {
            try (NinepClient fuzzer = server.client()) {
                Thread drain = new Thread(() -> {
                    try {
                        fuzzer.isEnded();
                    } catch (IOException e) {
                        // The connection ends as it likes.
                    }
                });
                drain.start();
                try {
                    for (int i = 0; i < 400; i++) {
                        byte[] body = body(random, names);
                        int size = random.nextInt(200) == 0 ? random.nextInt(20_000) : 7 + body.length;
                        fuzzer.sendRaw(frame(size, types[random.nextInt(types.length)], random.nextInt(8), body));
                    }
                } catch (IOException e) {
                    // Hung up on.
                }
                try {
                    fuzzer.shutdownOutput();
                } catch (IOException e) {
                    // Hung up on.
                }
                drain.join(10_000);
                assertThat(drain.isAlive()).isFalse();
            }
        }
        assertUntouched();
        if (Files.isDirectory(share.resolve("file"), LinkOption.NOFOLLOW_LINKS)) {
            Files.move(share.resolve("file"), temp.resolve("was"));
        }
        Files.deleteIfExists(share.resolve("file"));
        Files.writeString(share.resolve("file"), "inside");
    }

    private static byte[] body(Random random, String[] names) {
        List<Object> all = new ArrayList<>();
        all.add(random.nextInt(6));
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(5)) {
                case 0 -> all.add(random.nextInt(6));
                case 1 -> all.add(random.nextInt());
                case 2 -> all.add(random.nextLong());
                case 3 -> all.add((short) random.nextInt(4));
                default -> all.add(names[random.nextInt(names.length)]);
            }
        }
        return fields(all.toArray());
    }
}
