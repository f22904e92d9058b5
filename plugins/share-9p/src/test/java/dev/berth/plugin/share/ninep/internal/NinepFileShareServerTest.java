/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.ShareException;
import dev.berth.api.share.ListenAddress;
import dev.berth.api.share.ServeSpec;
import dev.berth.api.share.ServedFolder;
import dev.berth.api.task.TaskContext;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NinepFileShareServerTest {

    @TempDir
    Path temp;

    private final NinepFileShareServer server = new NinepFileShareServer();

    private ServedFolder serve(ListenAddress address) throws Exception {
        return server.serve(new ServeSpec(temp, address, false), TaskContext.silent());
    }

    @Test
    void tcpTakesASecret() throws Exception {
        try (ServedFolder served = serve(new ListenAddress.Tcp("127.0.0.1", 0))) {
            ListenAddress.Tcp tcp = (ListenAddress.Tcp) served.address();
            assertThat(tcp.port()).isPositive();
            assertThat(served.secret()).hasSize(32);
            assertThat(served.mountCommand()).contains("aname=" + served.secret(), "port=" + tcp.port());
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", tcp.port());
            try (NinepClient guessing = new NinepClient(address)) {
                guessing.version(65_536, "9P2000.L");
                for (int i = 0; i < 3; i++) {
                    assertThat(guessing.attach(0, "guess").errno()).isEqualTo(13);
                }
                assertThat(guessing.attach(0, served.secret()).errno())
                        .as("too late")
                        .isEqualTo(13);
            }
            try (NinepClient client = new NinepClient(address)) {
                client.version(65_536, "9P2000.L");
                assertThat(client.attach(0, served.secret()).errno()).isZero();
            }
        }
    }

    @Test
    void unixSocketIsPrivateAndGoesAway() throws Exception {
        Path socket = temp.resolve("socket");
        ServedFolder served = serve(new ListenAddress.UnixSocket(socket));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> serve(new ListenAddress.UnixSocket(socket))).isInstanceOf(ShareException.class);
        served.close();
        served.close();
        assertThat(socket).doesNotExist();
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void nothingButADeadSocketIsReplaced() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "mine");
        assertThatThrownBy(() -> serve(new ListenAddress.UnixSocket(file))).isInstanceOf(ShareException.class);
        assertThat(file).hasContent("mine");
    }

    @Test
    void anUnknownDialectIsAnswered() throws Exception {
        Path socket = temp.resolve("socket");
        try (ServedFolder served = serve(new ListenAddress.UnixSocket(socket));
                NinepClient client = new NinepClient(UnixDomainSocketAddress.of(socket))) {
            assertThat(served.secret()).isEmpty();
            byte[] answer = client.version(65_536, "9P2000.u").body().array();
            assertThat(new String(answer, StandardCharsets.US_ASCII)).endsWith("unknown");
        }
    }

    /** The reply to a flush comes after the reply to what it flushes, and each request is answered once. */
    @Test
    void flushStormIsAnsweredInOrder() throws Exception {
        Files.write(temp.resolve("big"), new byte[1 << 20]);
        Path socket = temp.resolve("socket");
        try (ServedFolder served = serve(new ListenAddress.UnixSocket(socket));
                NinepClient client = NinepClient.attached(UnixDomainSocketAddress.of(socket))) {
            assertThat(served.secret()).isEmpty();
            NinepClient.check(client.walk(0, 1, "big"));
            NinepClient.check(client.open(1, 0));
            for (int round = 0; round < 100; round++) {
                for (int tag = 0; tag < 10; tag++) {
                    client.send(116, tag, NinepClient.fields(1, 0L, 200_000));
                    client.send(108, 100 + tag, NinepClient.fields((short) tag));
                }
                boolean[] answered = new boolean[200];
                for (int i = 0; i < 20; i++) {
                    int tag = client.receive().tag();
                    assertThat(answered[tag]).isFalse();
                    answered[tag] = true;
                    if (tag >= 100) {
                        assertThat(answered[tag - 100]).isTrue();
                    }
                }
            }
        }
    }
}
