/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.api.error.BerthException;
import dev.berth.api.rootfs.RootfsOffer;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import dev.berth.testkit.rootfs.FolderImageWriter;
import dev.berth.testkit.rootfs.RootfsSourceContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the source to the contract, with a list and a distribution served on loopback. */
class WslRootfsSourceTest extends RootfsSourceContract {

    @TempDir
    Path data;

    private HttpServer server;
    private byte[] file;
    private final AtomicInteger breaks = new AtomicInteger();
    private final AtomicInteger ranges = new AtomicInteger();

    @BeforeEach
    void publish() throws Exception {
        ArchiveRootfsSourceTest.run("sh", "-ec", """
                cd "$1"; mkdir -p tree/etc; echo ID=test > tree/etc/os-release
                printf '[oobe]\\ndefaultName = Test\\n' > tree/etc/wsl-distribution.conf
                head -c 500000 /dev/urandom > tree/noise
                tar --sort=name -C tree -czf test.wsl .
                """, "sh", data.toString());
        file = Files.readAllBytes(data.resolve("test.wsl"));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/list", this::list);
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/test.wsl");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/test.wsl", this::send);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void list(HttpExchange exchange) throws IOException {
        String sum = Sums.of(file).hex();
        byte[] body = """
                {"ModernDistributions":{"Test":[
                  {"Name":"Test-1","FriendlyName":"Test 1","Default":false,
                   "Amd64Url":{"Url":"URL/test.wsl","Sha256":"00SUM"},"Arm64Url":{"Url":"URL/test.wsl","Sha256":"00SUM"}},
                  {"Name":"Test-2","FriendlyName":"Test 2","Default":true,
                   "Amd64Url":{"Url":"URL/moved","Sha256":"0xSUM"},"Arm64Url":{"Url":"URL/moved","Sha256":"0xSUM"}}]}}""".replace("00SUM", "0".repeat(64))
                .replace("SUM", sum)
                .replace("URL", address())
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void send(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        if (from > 0) {
            ranges.incrementAndGet();
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
        boolean breaking = breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        int to = breaking ? Math.min(file.length, from + 100_000) : file.length;
        exchange.getResponseBody().write(Arrays.copyOfRange(file, from, to));
        exchange.close();
    }

    @Override
    protected RootfsSource source() {
        return new WslRootfsSource(address() + "/list");
    }

    @Override
    protected RootfsRequest request() {
        return RootfsRequest.of("wsl:Test");
    }

    @Override
    protected RootfsReference missing() {
        return RootfsReference.parse("wsl:None");
    }

    @Override
    protected String knownPath() {
        return "etc/os-release";
    }

    @Test
    void listsWhatThereIs() throws Exception {
        assertThat(source().offers(TaskContext.silent()))
                .extracting(RootfsOffer::title)
                .isEqualTo(List.of("Test 1", "Test 2"));
    }

    @Test
    void goesOnAfterBreaksAndReadsWhatTheDistributionSays() throws Exception {
        breaks.set(3);
        FolderImageWriter writer = new FolderImageWriter(folder.resolve("w"), folder.resolve("d"));
        RootfsResolution resolution = source().resolve(request(), TaskContext.silent());

        var fetched = source().fetch(resolution, writer, TaskContext.silent());

        assertThat(ranges.get()).isEqualTo(3);
        assertThat(fetched.config().labels()).containsEntry("dev.berth.wsl.oobe.defaultName", "Test");
        assertThat(writer.entries()).anyMatch(entry -> entry.startsWith("noise "));
    }

    @Test
    void refusesAnotherDigest() throws Exception {
        FolderImageWriter writer = new FolderImageWriter(folder.resolve("w"), folder.resolve("d"));
        RootfsResolution resolution = source().resolve(RootfsRequest.of("wsl:Test-1"), TaskContext.silent());

        assertThatThrownBy(() -> source().fetch(resolution, writer, TaskContext.silent()))
                .isInstanceOfSatisfying(
                        BerthException.class, e -> assertThat(e.code()).isEqualTo("rootfs.digest"));
        assertThat(writer.layers()).isEmpty();
        assertThat(folder.resolve("d/wsl")).isEmptyDirectory();
    }
}
