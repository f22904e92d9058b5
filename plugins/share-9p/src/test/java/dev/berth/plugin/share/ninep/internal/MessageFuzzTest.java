/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static dev.berth.plugin.share.ninep.internal.NinepClient.fields;
import static dev.berth.plugin.share.ninep.internal.NinepClient.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of messages that are not what a client would send. */
class MessageFuzzTest extends AttackedShare {

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
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 400; i++) {
                byte[] body = body(random, names);
                int size = random.nextInt(200) == 0 ? random.nextInt(20_000) : 7 + body.length;
                stream.writeBytes(frame(size, types[random.nextInt(types.length)], random.nextInt(8), body));
            }
            send(server.client(), stream.toByteArray());
        }
        assertUntouched();
    }

    /** What a kernel sent, changed in a few places. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void changedStreams(long seed) throws Exception {
        changedStreams(seed, 150);
    }

    /** As long as one likes, from a seed that is told when it fails. */
    @Tag("long")
    @Test
    void manyChangedStreams() throws Exception {
        changedStreams(System.nanoTime(), 20_000);
    }

    private void changedStreams(long seed, int count) throws Exception {
        Mutator mutator = new Mutator(seed, seeds());
        for (int i = 0; i < count; i++) {
            byte[] stream = mutator.stream();
            try {
                send(new NinepClient(server.address()), stream);
                assertUntouched();
            } catch (IOException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", stream " + i + ": " + HexFormat.of().formatHex(stream), e);
            }
        }
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (String name : List.of("looking", "changing", "linking", "locking", "cached")) {
            try (InputStream in = MessageFuzzTest.class.getResourceAsStream(
                    "/dev/berth/plugin/share/ninep/requests/" + name + ".9p")) {
                all.add(Objects.requireNonNull(in, name).readAllBytes());
            }
        }
        return all;
    }

    /** Sends all of it and waits until the server has answered what it cares to answer and has hung up. */
    private static void send(NinepClient to, byte[] stream) throws Exception {
        try (NinepClient fuzzer = to) {
            Thread drain = new Thread(() -> {
                try {
                    fuzzer.isEnded();
                } catch (IOException e) {
                    // The connection ends as it likes.
                }
            });
            drain.start();
            try {
                fuzzer.sendRaw(stream);
                fuzzer.shutdownOutput();
            } catch (IOException e) {
                // Hung up on.
            }
            drain.join(60_000);
            assertThat(drain.isAlive()).as("still being answered").isFalse();
        }
    }

    /** The file may be gone by now, or be something else. */
    @AfterEach
    void restore() throws IOException {
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
