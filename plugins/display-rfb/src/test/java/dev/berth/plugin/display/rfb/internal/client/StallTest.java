/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.KeyInput;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.testkit.display.ListenerLog;
import dev.berth.testkit.display.MemorySink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that stall, dawdle, hang up or do not listen: nobody waits for them, and nothing of them stays. */
@Timeout(100)
final class StallTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @AfterEach
    void leavesNoThread() throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!threads().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(threads()).isEmpty();
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("berth-rfb-"))
                .toList();
    }

    private static DisplayConnection connect(ScriptedServer server, Duration patience, MemorySink sink, ListenerLog log)
            throws Exception {
        return connect(server, patience, Credentials.NONE, sink, log);
    }

    private static DisplayConnection connect(
            ScriptedServer server, Duration patience, Credentials credentials, MemorySink sink, ListenerLog log)
            throws Exception {
        return new RfbProtocol(null, patience)
                .connect(
                        server.endpoint(),
                        new DisplayRequest(credentials, true, false, true),
                        sink,
                        log,
                        TaskContext.silent());
    }

    private void assertGivesUp(ScriptedServer.Script script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(folder, script)) {
            assertThatThrownBy(() -> connect(server, SHORT, new MemorySink(), new ListenerLog()))
                    .isInstanceOfSatisfying(
                            DisplayException.class, e -> assertThat(e.code()).isEqualTo("display.silent"));
        }
    }

    @Test
    void givesUpOnAServerThatSaysNothing() throws Exception {
        assertGivesUp(ScriptedServer.Line::readAll);
    }

    @Test
    void givesUpOnAServerThatDawdles() throws Exception {
        assertGivesUp(line -> {
            for (byte b : ScriptedServer.greeting()) {
                Thread.sleep(100);
                line.send(b);
            }
            line.readAll();
        });
    }

    @Test
    void waitsForAPersonAsLongAsItTakes() throws Exception {
        try (ScriptedServer server = new ScriptedServer(folder, line -> {
            line.send(ScriptedServer.greeting());
            line.read(12);
            line.send((byte) 1, (byte) 2);
            line.read(1);
            line.send(new byte[16]);
            line.read(16);
            line.send(new byte[4]);
            line.read(1);
            line.send(ScriptedServer.init(20, 10));
            line.readAll();
        })) {
            Credentials slow = (realm, needUser) -> {
                Thread.sleep(3 * SHORT.toMillis());
                return Optional.of(new Credentials.Login("", "x"));
            };
            ListenerLog log = new ListenerLog();
            connect(server, SHORT, slow, new MemorySink(), log).close();
            assertThat(log.await(ListenerLog.Closed.class).cause()).isNull();
        }
    }

    @Test
    void isNotHeldUpByAServerThatStopsInARectangle() throws Exception {
        try (ScriptedServer server = new ScriptedServer(folder, line -> {
            line.greet(64, 48);
            line.send(ScriptedServer.update(1));
            line.send(ScriptedServer.head(0, 0, 64, 48, Encodings.RAW));
            line.send(new byte[100]);
            // Neither speaks nor listens any more.
            new CountDownLatch(1).await();
        })) {
            ListenerLog log = new ListenerLog();
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection = connect(server, LONG, sink, log)) {
                connection.requestSize(100, 100);
                connection.offerClipboard(ClipboardOffer.ofText("x"));
                connection.visible(false);
                connection.visible(true);
                for (int i = 0; i < 100_000; i++) {
                    connection.input().key(new KeyInput('a', 30, i % 2 == 0));
                }
                assertThat(connection.statistics().updates()).isZero();
            }
            assertThat(log.await(ListenerLog.Closed.class).cause()).isNull();
        }
    }

    @Test
    void tellsThatAServerHungUpInARectangle() throws Exception {
        try (ScriptedServer server = new ScriptedServer(folder, line -> {
            line.greet(64, 48);
            line.send(ScriptedServer.update(2));
            line.send(ScriptedServer.head(0, 0, 64, 48, Encodings.RAW));
            line.send(new byte[1000]);
            line.hangUp();
        })) {
            ListenerLog log = new ListenerLog();
            connect(server, LONG, new MemorySink(), log);
            assertThat(log.await(ListenerLog.Closed.class).cause()).hasMessageContaining("was lost");
        }
    }

    @Test
    void partsWithAServerThatDoesNotListen() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(folder, line -> {
            line.greet(64, 48);
            never.await();
        })) {
            ListenerLog log = new ListenerLog();
            DisplayConnection connection = connect(server, LONG, new MemorySink(), log);
            for (int i = 0; i < 7_000_000 && log.all(ListenerLog.Closed.class).isEmpty(); i++) {
                connection.input().key(new KeyInput('a', 30, i % 2 == 0));
            }
            assertThat(log.await(ListenerLog.Closed.class).cause())
                    .isInstanceOfSatisfying(
                            DisplayException.class, e -> assertThat(e.detail()).contains("does not read"));
        }
    }

    @Test
    void followsAServerThatChangesItsSizeWithoutEnd() throws Exception {
        try (ScriptedServer server = new ScriptedServer(folder, line -> {
            line.greet(640, 480);
            for (int i = 0; i < 25; i++) {
                line.send(ScriptedServer.update(2));
                line.send(ScriptedServer.head(0, 0, 600 + i, 500 - i, Encodings.DESKTOP_SIZE));
                line.send(ScriptedServer.head(599 + i, 499 - i, 1, 1, Encodings.RAW));
                line.send((byte) 0, (byte) 0, (byte) i, (byte) 0);
            }
            line.readAll();
        })) {
            MemorySink sink = new MemorySink();
            ListenerLog log = new ListenerLog();
            try (DisplayConnection connection = connect(server, LONG, sink, log)) {
                sink.await(picture ->
                        picture.width() == 624 && picture.height() == 476 && picture.at(623, 475) == 24 << 16);
                assertThat(connection.features()).isNotEmpty();
            }
            assertThat(log.await(ListenerLog.Closed.class).cause()).isNull();
        }
    }

    @Test
    void refusesAPictureThatIsTooLarge() throws Exception {
        try (ScriptedServer server = new ScriptedServer(folder, line -> {
            line.greet(640, 480);
            line.send(ScriptedServer.update(1));
            line.send(ScriptedServer.head(0, 0, 16_384, 16_384, Encodings.DESKTOP_SIZE));
            line.readAll();
        })) {
            ListenerLog log = new ListenerLog();
            MemorySink sink = new MemorySink();
            connect(server, LONG, sink, log);
            assertThat(log.await(ListenerLog.Closed.class).cause()).hasMessageContaining("makes no sense");
            assertThat(sink.picture().width()).isEqualTo(640);
        }
    }

    @Test
    void stopsDecodingWhenItIsClosed() throws Exception {
        // 16 bytes fill a picture of 16 million pixels, 60,000 times in what one read brings at most.
        byte[] rectangle = ScriptedServer.bytes(out -> {
            out.write(ScriptedServer.head(0, 0, 4096, 4096, Encodings.TIGHT));
            out.write(new byte[] {(byte) 0x80, 1, 2, 3});
        });
        try (ScriptedServer server = new ScriptedServer(folder, line -> {
            line.greet(4096, 4096);
            line.send(ScriptedServer.update(0xffff));
            while (true) {
                line.send(rectangle);
            }
        })) {
            ListenerLog log = new ListenerLog();
            MemorySink sink = new MemorySink();
            DisplayConnection connection = connect(server, LONG, sink, log);
            while (connection.statistics().pixels() == 0) {
                Thread.sleep(5);
            }
            connection.close();
            assertThat(log.await(ListenerLog.Closed.class).cause()).isNull();
        }
    }
}
