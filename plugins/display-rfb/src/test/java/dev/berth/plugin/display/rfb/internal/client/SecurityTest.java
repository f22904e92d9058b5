/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.display.PointerInput;
import dev.berth.api.display.ServerKey;
import dev.berth.api.display.ServerKey.Doubt;
import dev.berth.api.error.DisplayException;
import dev.berth.api.task.TaskContext;
import dev.berth.testkit.display.ListenerLog;
import dev.berth.testkit.display.MemorySink;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each security type of TigerVNC's Xvnc: what is seen through it, and who is refused. */
@Timeout(120)
final class SecurityTest {

    @TempDir
    static Path folder;

    private static Certificates certificates;

    /** Somebody at the keyboard. */
    private static final class Person implements Credentials {
        private final String password;
        private final boolean trusting;
        private final List<ServerKey> keys = new ArrayList<>();
        private int asked;

        Person(String password, boolean trusting) {
            this.password = password;
            this.trusting = trusting;
        }

        @Override
        public Optional<Login> ask(String realm, boolean needUser) {
            asked++;
            return Optional.of(new Login(needUser ? "root" : "", password));
        }

        @Override
        public boolean trust(ServerKey key) {
            keys.add(key);
            return trusting;
        }
    }

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificates = new Certificates(folder);
        certificates.selfSigned("desk", "subjectAltName=DNS:desk.example", 30);
    }

    private static XServerPeer serve(Path place, String types) throws Exception {
        Path password = Files.write(place.resolve("password"), VncPasswords.obfuscated("geheim"));
        return XServerPeer.xvnc(
                place,
                "-geometry",
                "120x80",
                "-SecurityTypes",
                types,
                "-PasswordFile",
                password.toString(),
                // Whoever runs the server as root may log in as root, with any password; others are not in the list.
                "-PAMService",
                "su",
                "-PlainUsers",
                "root",
                "-X509Cert",
                certificates.file("desk").toString(),
                "-X509Key",
                certificates.key("desk").toString(),
                "-rfbport",
                "-1",
                "-rfbunixpath",
                place.resolve("rfb").toString());
    }

    private static DisplayConnection connect(SocketEndpoint endpoint, Credentials credentials, MemorySink sink)
            throws Exception {
        return new RfbProtocol()
                .connect(
                        endpoint,
                        new DisplayRequest(credentials, true, false, true),
                        sink,
                        new ListenerLog(),
                        TaskContext.silent());
    }

    @ParameterizedTest
    @CsvSource({
        "None, 0, not encrypted",
        "VncAuth, 1, not encrypted",
        "TLSNone, 0, TLSv1.2",
        "TLSVnc, 1, TLSv1.2",
        "TLSPlain, 1, TLSv1.2",
        "X509None, 0, TLSv1.3",
        "X509Vnc, 1, TLSv1.3",
        "X509Plain, 1, TLSv1.3"
    })
    void seesTheSame(String type, int asked, String security, @TempDir Path place) throws Exception {
        try (XServerPeer server = serve(place, type)) {
            SocketEndpoint endpoint =
                    new SocketEndpoint(UnixDomainSocketAddress.of(place.resolve("rfb")), false, "desk.example");
            server.run("xsetroot", "-mod", "7", "5", "-fg", "#123456", "-bg", "#a0b0c0");
            Person person = new Person("geheim", true);
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection = connect(endpoint, person, sink)) {
                connection.input().pointer(new PointerInput(110, 70, 0));
                sink.await(server.screenshot()::equals);
                assertThat(connection.statistics().security()).startsWith(security);
                assertThat(person.asked).isEqualTo(asked);
            }
            if (type.startsWith("X509")) {
                ServerKey key = person.keys.get(0);
                assertThat(key.fingerprint()).isEqualTo(certificates.fingerprint("desk"));
                assertThat(key.subject()).isEqualTo("CN=desk");
                assertThat(key.doubts()).containsExactly(Doubt.UNKNOWN_ISSUER);
                assertThatThrownBy(() -> connect(endpoint, new Person("geheim", false), new MemorySink()))
                        .isInstanceOf(DisplayException.class)
                        .hasMessageContaining("nobody known here has signed its certificate");
            } else {
                assertThat(person.keys).isEmpty();
            }
            if (type.endsWith("Vnc")) {
                assertThatThrownBy(() -> connect(endpoint, new Person("falsch", true), new MemorySink()))
                        .isInstanceOf(DisplayException.class)
                        .hasMessageContaining("did not accept");
            }
        }
    }

    @Test
    void noticesAnotherName(@TempDir Path place) throws Exception {
        try (XServerPeer server = serve(place, "X509None")) {
            assertThat(server.display()).isNotEmpty();
            SocketEndpoint endpoint =
                    new SocketEndpoint(UnixDomainSocketAddress.of(place.resolve("rfb")), false, "bank.example");
            Person person = new Person("", false);
            assertThatThrownBy(() -> connect(endpoint, person, new MemorySink()))
                    .isInstanceOf(DisplayException.class)
                    .hasMessageContaining("its certificate is not for bank.example");
            assertThat(person.keys.get(0).doubts()).containsExactlyInAnyOrder(Doubt.UNKNOWN_ISSUER, Doubt.OTHER_NAME);
        }
    }

    @Test
    void sendsAPasswordInPlainSightOnThisMachineOnly(@TempDir Path place) throws Exception {
        try (XServerPeer server = serve(place, "Plain")) {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(place.resolve("rfb"));
            MemorySink sink = new MemorySink();
            try (DisplayConnection connection =
                    connect(new SocketEndpoint(address, true), new Person("x", false), sink)) {
                connection.input().pointer(new PointerInput(110, 70, 0));
                sink.await(server.screenshot()::equals);
            }
            Person person = new Person("x", true);
            assertThatThrownBy(() -> connect(new SocketEndpoint(address, false), person, new MemorySink()))
                    .isInstanceOf(DisplayException.class)
                    .hasMessageContaining("does not know");
            assertThat(person.asked).isZero();
        }
    }
}
