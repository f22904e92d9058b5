/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static dev.berth.plugin.share.ninep.internal.NinepClient.ROOT;
import static dev.berth.plugin.share.ninep.internal.NinepClient.check;
import static dev.berth.plugin.share.ninep.internal.NinepClient.fields;
import static dev.berth.plugin.share.ninep.internal.NinepClient.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Messages that are wrong, too large, out of turn or not allowed. */
class MessageAttacksTest extends AttackedShare {

    private static final int EROFS = 30;

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

    /** A tag is taken until its request was answered; whatever else comes by it is refused and the first is done. */
    @Test
    void tagsInUse() throws IOException {
        check(client.walk(ROOT, 1, "file"));
        check(client.open(1, 2));
        byte[] sync = frame(7 + 8, 50, 7, fields(1, 0));
        byte[] look = frame(7 + 12, 24, 7, fields(1, 0x7ffL));
        byte[] flush = frame(7 + 2, 108, 8, fields((short) 7));
        for (int i = 0; i < 200; i++) {
            client.sendRaw(concat(sync, look, flush));
            boolean synced = false;
            boolean flushed = false;
            for (int replies = 0; replies < 3; replies++) {
                NinepClient.Reply reply = client.receive();
                synced |= reply.type() == 51;
                flushed |= reply.tag() == 8;
            }
            assertThat(synced && flushed).isTrue();
        }
    }

    /** A client that asks for much and reads nothing keeps nobody else waiting. */
    @Test
    void aClientThatDoesNotReadKeepsOnlyItselfWaiting() throws Exception {
        Files.write(share.resolve("big"), new byte[1 << 20]);
        try (NinepClient deaf = server.client()) {
            check(deaf.walk(ROOT, 1, "big"));
            check(deaf.open(1, 0));
            Thread asking = new Thread(() -> {
                try {
                    for (int tag = 2; tag < 2000; tag++) {
                        deaf.send(116, tag, fields(1, 0L, 1 << 20));
                    }
                } catch (IOException e) {
                    // Ended with the connection, while it waited.
                }
            });
            asking.start();
            for (int i = 0; i < 50; i++) {
                check(other.walk(ROOT, 2, "file"));
                check(other.open(2, 0));
                assertThat(other.readText(2)).isEqualTo("inside");
                check(other.clunk(2));
            }
            deaf.close();
            asking.join();
        }
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
