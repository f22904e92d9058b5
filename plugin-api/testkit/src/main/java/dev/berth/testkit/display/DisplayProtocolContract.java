/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.channel.Endpoint;
import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayProtocol;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of {@link DisplayProtocol}. A subclass names the protocol and a server for it. */
@Timeout(60)
public abstract class DisplayProtocolContract {

    /** For subclasses. */
    protected DisplayProtocolContract() {}

    /** The protocol. */
    protected abstract DisplayProtocol protocol();

    /** Starts a server that asks for no password. */
    protected abstract DisplayPeer startPeer() throws Exception;

    private DisplayConnection connect(Endpoint endpoint, MemorySink sink, ListenerLog log) throws Exception {
        return protocol()
                .connect(
                        endpoint,
                        new DisplayRequest(Credentials.NONE, true, false, true),
                        sink,
                        log,
                        TaskContext.silent());
    }

    @Test
    void namesItself() {
        assertThat(protocol().scheme()).matches("[a-z][a-z0-9]*");
        assertThat(protocol().defaultPort()).isBetween(0, 65_535);
    }

    @Test
    void knowsTheSizeWhenConnected() throws Exception {
        try (DisplayPeer peer = startPeer()) {
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection = connect(peer.endpoint(), sink, new ListenerLog())) {
                assertThat(sink.resized()).isPositive();
                assertThat(sink.picture().width()).isEqualTo(peer.screenshot().width());
                assertThat(connection.statistics().receivedBytes()).isPositive();
            }
        }
    }

    @Test
    void showsWhatIsThereAndWhatChanges() throws Exception {
        try (DisplayPeer peer = startPeer()) {
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection = connect(peer.endpoint(), sink, new ListenerLog())) {
                Picture before = peer.screenshot();
                sink.await(before::equals);
                peer.change();
                Picture after = peer.screenshot();
                assertThat(after).isNotEqualTo(before);
                sink.await(after::equals);
                assertThat(connection.statistics().updates()).isGreaterThan(1);
                assertThat(connection.statistics().pixels()).isPositive();
            }
        }
    }

    @Test
    void twoCanWatch() throws Exception {
        try (DisplayPeer peer = startPeer()) {
            MemorySink one = new MemorySink();
            MemorySink two = new MemorySink();
            try (DisplayConnection first = connect(peer.endpoint(), one, new ListenerLog());
                    DisplayConnection second = connect(peer.endpoint(), two, new ListenerLog())) {
                Picture picture = peer.screenshot();
                one.await(picture::equals);
                two.await(picture::equals);
                assertThat(first).isNotSameAs(second);
            }
        }
    }

    @Test
    void restsWhileNobodyLooks() throws Exception {
        try (DisplayPeer peer = startPeer()) {
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection = connect(peer.endpoint(), sink, new ListenerLog())) {
                Picture before = peer.screenshot();
                sink.await(before::equals);
                connection.visible(false);
                peer.change();
                peer.change();
                connection.visible(true);
                Picture after = peer.screenshot();
                sink.await(after::equals);
            }
        }
    }

    @Test
    void saysOnceThatItWasClosed() throws Exception {
        try (DisplayPeer peer = startPeer()) {
            ListenerLog log = new ListenerLog();
            DisplayConnection connection = connect(peer.endpoint(), new MemorySink(), log);
            connection.close();
            connection.close();
            assertThat(log.await(ListenerLog.Closed.class).cause()).isNull();
            assertThat(log.all(ListenerLog.Closed.class)).hasSize(1);
        }
    }

    @Test
    void saysWhyTheServerIsGone() throws Exception {
        try (DisplayPeer peer = startPeer()) {
            ListenerLog log = new ListenerLog();
            try (DisplayConnection connection = connect(peer.endpoint(), new MemorySink(), log)) {
                peer.close();
                ListenerLog.Closed closed = log.await(ListenerLog.Closed.class);
                assertThat(closed.cause()).isInstanceOf(DisplayException.class);
                assertThat(closed.cause()).hasMessageEndingWith(".");
                connection.close();
            }
            assertThat(log.all(ListenerLog.Closed.class)).hasSize(1);
        }
    }

    @Test
    void refusesWhatIsNoServer() {
        byte[] other = "HTTP/1.1 400 Bad Request\r\n\r\n<html>".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> connect(new ScriptedEndpoint(other, false), new MemorySink(), new ListenerLog()))
                .isInstanceOf(DisplayException.class)
                .hasMessageEndingWith(".");
    }

    @Test
    void refusesAServerThatHangsUp() {
        assertThatThrownBy(() -> connect(new ScriptedEndpoint(new byte[0], false), new MemorySink(), new ListenerLog()))
                .isInstanceOf(DisplayException.class);
    }

    @Test
    void passesOnThatNothingAnswers() {
        Endpoint nowhere = new Endpoint() {
            @Override
            public ByteChannel open(TaskContext context) throws DisplayException {
                throw new DisplayException("test.nowhere", "Nothing answers.", null);
            }

            @Override
            public String describe() {
                return "nowhere";
            }
        };
        assertThatThrownBy(() -> connect(nowhere, new MemorySink(), new ListenerLog()))
                .isInstanceOf(DisplayException.class)
                .hasMessage("Nothing answers.");
    }

    @Test
    void canBeCancelledWhileTheServerIsSilent() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ScriptedEndpoint silent = new ScriptedEndpoint(new byte[0], true);
        Endpoint endpoint = new Endpoint() {
            @Override
            public ByteChannel open(TaskContext context) {
                begun.countDown();
                return silent.open(context);
            }

            @Override
            public String describe() {
                return "silence";
            }
        };
        FutureTask<String> task = new FutureTask<>(() -> {
            try {
                connect(endpoint, new MemorySink(), new ListenerLog()).close();
                return "connected";
            } catch (InterruptedException e) {
                return "cancelled";
            }
        });
        Thread thread = new Thread(task, "contract-connect");
        thread.start();
        begun.await();
        thread.interrupt();
        assertThat(task.get(10, TimeUnit.SECONDS)).isEqualTo("cancelled");
    }
}
