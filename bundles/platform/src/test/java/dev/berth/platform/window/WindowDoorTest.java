/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WindowDoorTest {

    @TempDir
    Path folder;

    private final BlockingQueue<WindowRequest> asked = new LinkedBlockingQueue<>();

    private static Path socket(BerthHome home) throws IOException {
        return Path.of(Files.readString(home.locks().resolve("window.address")).strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "near",
                "a folder whose name alone is too long for the address of a unix socket, with Umläuten and spaces in it"
            })
    void theSecondAsksTheFirst(String name) throws Exception {
        BerthHome home = new BerthHome(folder.resolve(name));
        Path socket;
        try (WindowDoor door = WindowDoor.claim(home).orElseThrow()) {
            door.listen(asked::add);
            socket = socket(home);
            assertThat(inAnotherThread(() -> WindowDoor.claim(home))).isEmpty();

            WindowDoor.ask(home, new WindowRequest(WindowRequest.Kind.OPEN, List.of("work", "Büro")));
            WindowDoor.ask(home, new WindowRequest(WindowRequest.Kind.START, List.of("debian-xfce")));

            assertThat(List.of(next(), next()))
                    .containsExactlyInAnyOrder(
                            new WindowRequest(WindowRequest.Kind.OPEN, List.of("work", "Büro")),
                            new WindowRequest(WindowRequest.Kind.START, List.of("debian-xfce")));
        }
        assertThat(socket).doesNotExist();
        assertThatThrownBy(() -> WindowDoor.ask(home, new WindowRequest(WindowRequest.Kind.OPEN, List.of())))
                .isInstanceOf(IOException.class);
        WindowDoor.claim(home).orElseThrow().close();
    }

    @Test
    void theSocketOfAKilledBerthIsNoObstacle() throws Exception {
        BerthHome home = new BerthHome(folder);
        Files.createDirectories(home.locks());
        Path stale = Files.writeString(home.locks().resolve("window.sock"), "");
        Files.writeString(home.locks().resolve("window.address"), stale + "\n");
        try (WindowDoor door = WindowDoor.claim(home).orElseThrow()) {
            door.listen(asked::add);
            WindowDoor.ask(home, new WindowRequest(WindowRequest.Kind.VIEW, List.of("rfb://localhost")));
            assertThat(next().values()).containsExactly("rfb://localhost");
        }
    }

    @Test
    void oneThatClosesItsWindowIsWaitedFor() throws Exception {
        BerthHome home = new BerthHome(folder);
        Files.createDirectories(home.locks());
        HomeLock ending =
                HomeLock.tryAcquire(home.locks().resolve("window.lock")).orElseThrow();
        Thread other = new Thread(() -> {
            try (WindowDoor door = WindowDoor.claim(home).orElseThrow()) {
                asked.add(new WindowRequest(WindowRequest.Kind.OPEN, List.of("claimed")));
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        other.start();
        Thread.sleep(100);
        ending.close();
        assertThat(next().values()).containsExactly("claimed");
        other.join();
    }

    @Test
    void rubbishIsNotARequest() throws Exception {
        BerthHome home = new BerthHome(folder);
        try (WindowDoor door = WindowDoor.claim(home).orElseThrow()) {
            door.listen(asked::add);
            for (byte[] rubbish : new byte[][] {
                {},
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                request("NOTHING", 0),
                request("OPEN", -1),
                request("OPEN", 1 << 30),
                request("VIEW", 0)
            }) {
                try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket(home)))) {
                    Channels.newOutputStream(channel).write(rubbish);
                    channel.shutdownOutput();
                    assertThat(isTurnedAway(channel)).isTrue();
                }
            }
            WindowDoor.ask(home, new WindowRequest(WindowRequest.Kind.OPEN, List.of()));
            assertThat(next().values()).isEmpty();
            assertThat(asked).isEmpty();
        }
    }

    /** It may close before it has read all, which the system reports as an error. */
    private static boolean isTurnedAway(SocketChannel channel) {
        try {
            return Channels.newInputStream(channel).read() == -1;
        } catch (IOException e) {
            return true;
        }
    }

    private static byte[] request(String kind, int count) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0x42455254);
        out.writeUTF(kind);
        out.writeInt(count);
        return bytes.toByteArray();
    }

    private WindowRequest next() throws InterruptedException {
        WindowRequest request = asked.poll(30, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return java.util.Objects.requireNonNull(request);
    }

    private static <T> T inAnotherThread(java.util.concurrent.Callable<T> call) throws Exception {
        java.util.concurrent.FutureTask<T> task = new java.util.concurrent.FutureTask<>(call);
        new Thread(task).start();
        return task.get(30, TimeUnit.SECONDS);
    }
}
