/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a real socket: what was sent is read, whether it came before, while or long after it was waited for. */
class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();
    private SocketChannel client;
    private SocketChannel served;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            client = SocketChannel.open(listening.getLocalAddress());
            served = listening.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        served.close();
    }

    @Test
    void readsOneAfterTheOtherAndLeavesTheChannelBlocking() throws IOException {
        ByteBuffer into = ByteBuffer.allocate(8);
        for (int i = 0; i < 1000; i++) {
            client.write(ByteBuffer.wrap(new byte[] {(byte) i}));
            assertThat(arrivals.read(served, into.clear(), true)).isEqualTo(1);
            assertThat(into.get(0)).isEqualTo((byte) i);
            assertThat(served.isBlocking()).isTrue();
        }
    }

    @Test
    void waitsForWhatComesLate() throws Exception {
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> {
                try {
                    return arrivals.read(served, ByteBuffer.allocate(8), true);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            if (i % 50 == 0) {
                Thread.sleep(20); // Longer than it ever tries without sleeping.
                assertThat(read).isNotDone();
            }
            client.write(ByteBuffer.wrap(new byte[] {1, 2}));
            assertThat(read.get(60, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    @Test
    void seesTheEnd() throws IOException {
        readsOneAfterTheOtherAndLeavesTheChannelBlocking();
        client.close();
        assertThat(arrivals.read(served, ByteBuffer.allocate(8), true)).isEqualTo(-1);
    }
}
