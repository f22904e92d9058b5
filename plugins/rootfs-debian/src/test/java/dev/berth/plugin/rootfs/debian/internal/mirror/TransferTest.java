/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.RootfsException;
import dev.berth.plugin.rootfs.debian.internal.repository.FileServer;
import dev.berth.plugin.rootfs.debian.internal.repository.TestRepository;
import dev.berth.plugin.rootfs.debian.internal.repository.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that break off, that are killed, that several want, and that bring something else. */
class TransferTest {

    private static final int SIZE = 1_000_000;
    private static final int HALF = 500_000;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private final AtomicLong progress = new AtomicLong();
    private String sha256 = "";
    private Path target = Path.of("");
    private Path part = Path.of("");
    private FileServer server;
    private final Http http = new Http("");

    @BeforeEach
    void serve() throws Exception {
        new Random(1).nextBytes(content);
        sha256 = TestRepository.sha256(content);
        Files.write(Files.createDirectory(folder.resolve("served")).resolve("a.deb"), content);
        target = folder.resolve("downloads/a.deb");
        part = folder.resolve("downloads/a.deb.part");
        server = new FileServer(folder.resolve("served"));
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void goesOnByRangeAfterABreak() throws Exception {
        AtomicInteger times = new AtomicInteger();
        server.mischief((exchange, file) -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (times.incrementAndGet() > 2) {
                return false;
            }
            FileServer.breakOff(exchange, content, times.get() * 300_000, range);
            return true;
        });

        transfer().run();

        assertThat(target).hasBinaryContent(content);
        assertThat(part).doesNotExist();
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().get(0)).isEqualTo("a.deb");
        assertThat(server.requests().get(1)).startsWith("a.deb bytes=");
        assertThat(server.requests().get(2)).startsWith("a.deb bytes=");
        assertThat(progress).hasValue(SIZE);
    }

    @Test
    void asksAgainWhenTheMirrorIsBusy() throws Exception {
        AtomicInteger times = new AtomicInteger();
        server.mischief((exchange, file) -> {
            if (times.incrementAndGet() > 3) {
                return false;
            }
            exchange.sendResponseHeaders(503, -1);
            return true;
        });

        transfer().run();

        assertThat(target).hasBinaryContent(content);
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void beginsAnewWhereRangesAreNotKnown() throws Exception {
        Files.createDirectories(part.getParent());
        Files.write(part, Arrays.copyOf(content, HALF));
        server.mischief((exchange, file) -> {
            FileServer.send(exchange, content, null);
            return true;
        });

        transfer().run();

        assertThat(target).hasBinaryContent(content);
        assertThat(server.requests()).containsExactly("a.deb bytes=" + HALF + "-");
    }

    @Test
    void givesUpOnAFileThatAlwaysEndsTooEarlyAndKeepsWhatCame() throws Exception {
        Files.write(folder.resolve("served/a.deb"), Arrays.copyOf(content, HALF));
        server.mischief((exchange, file) -> {
            if (exchange.getRequestHeaders().getFirst("Range") != null) {
                exchange.getResponseHeaders().set("Content-Range", "bytes " + HALF + "-" + HALF + "/" + SIZE);
                exchange.sendResponseHeaders(206, -1);
                return true;
            }
            return false;
        });

        assertRefused("rootfs.download.failed", "ended after 500000 of 1000000 bytes");

        assertThat(part).hasSize(HALF);
        assertThat(target).doesNotExist();
    }

    @Test
    void refusesAnotherContent() throws Exception {
        content[HALF] ^= 1;
        Files.write(folder.resolve("served/a.deb"), content);

        assertRefused("rootfs.download.digest", "SHA-256");

        assertThat(target).doesNotExist();
        assertThat(part).hasSize(0);
        assertThat(server.requests()).hasSize(2);
        assertThat(progress).hasValue(0);
    }

    @Test
    void refusesMoreThanTheIndexSays() throws Exception {
        Files.write(folder.resolve("served/a.deb"), Arrays.copyOf(content, SIZE + 1));

        assertRefused("rootfs.download.refused", "more bytes than the index says");

        assertThat(target).doesNotExist();
    }

    @Test
    void refusesAtOnceWhatTheMirrorDoesNotHave() throws Exception {
        Files.delete(folder.resolve("served/a.deb"));

        assertRefused("rootfs.download.refused", "HTTP status 404");

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        String address = server.address("a.deb");
        server.close();

        assertThatThrownBy(() -> transfer(address).run())
                .isInstanceOf(RootfsException.class)
                .hasMessageStartingWith("The package a could not be downloaded: ")
                .hasMessageContaining("answer");
    }

    @Test
    void asksOnceWhenTheDiskIsFullAndGoesOnWhenThereIsSpace() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Tools.run(folder, "mount", "-t", "tmpfs", "-o", "size=256k", "berth-test", disk.toString());
        try {
            target = disk.resolve("a.deb");
            part = disk.resolve("a.deb.part");

            assertRefused("rootfs.download.refused", "No space left");

            assertThat(server.requests()).hasSize(1);
            Tools.run(folder, "mount", "-o", "remount,size=8m", disk.toString());
            transfer().run();
            assertThat(target).hasBinaryContent(content);
            assertThat(server.requests().get(1)).startsWith("a.deb bytes=");
        } finally {
            Tools.run(folder, "umount", disk.toString());
        }
    }

    @Test
    void fetchesADamagedFileAgain() throws Exception {
        Files.createDirectories(target.getParent());
        Files.write(target, new byte[SIZE]);

        transfer().run();

        assertThat(target).hasBinaryContent(content);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void goesOnWhenTheFolderOfDownloadsIsSwept() throws Exception {
        AtomicInteger times = new AtomicInteger();
        server.mischief((exchange, file) -> {
            if (times.incrementAndGet() > 1) {
                return false;
            }
            Files.delete(part);
            Files.delete(part.getParent());
            return false;
        });

        transfer().run();

        assertThat(target).hasBinaryContent(content);
    }

    @Test
    void anInterruptEndsItAndKeepsWhatCame() throws Exception {
        CountDownLatch release = halfThenWait();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread worker = new Thread(() -> {
            try {
                transfer().run();
                thrown.complete(new AssertionError("it ended well"));
            } catch (Exception e) {
                thrown.complete(e);
            }
        });
        worker.start();
        awaitHalf();
        worker.interrupt();

        assertThat(thrown.get(1, TimeUnit.MINUTES)).isInstanceOf(InterruptedException.class);
        assertThat(part).hasSize(HALF);
        release.countDown();
    }

    @Test
    void theNextProcessGoesOnWhereAKilledOneEnded() throws Exception {
        CountDownLatch release = halfThenWait();
        Process child = TransferChild.start(server.address("a.deb"), target, SIZE, sha256);
        try {
            awaitHalf();
        } finally {
            child.destroyForcibly().waitFor();
            release.countDown();
        }

        transfer().run();

        assertThat(target).hasBinaryContent(content);
        assertThat(server.requests()).containsExactly("a.deb", "a.deb bytes=" + HALF + "-");
        assertThat(progress).hasValue(HALF);
    }

    @Test
    void aSecondProcessWaitsForTheFirst() throws Exception {
        CountDownLatch release = halfThenWait();
        Process child = TransferChild.start(server.address("a.deb"), target, SIZE, sha256);
        try {
            awaitHalf();
            CompletableFuture<Path> second = CompletableFuture.supplyAsync(this::fetched);
            CompletableFuture<Path> third = CompletableFuture.supplyAsync(this::fetched);
            release.countDown();

            assertThat(second.get(1, TimeUnit.MINUTES)).hasBinaryContent(content);
            assertThat(third.get(1, TimeUnit.MINUTES)).hasBinaryContent(content);
            assertThat(child.waitFor()).isZero();
            assertThat(server.requests()).containsExactly("a.deb");
            assertThat(part).doesNotExist();
        } finally {
            release.countDown();
            child.destroyForcibly();
        }
    }

    @Test
    void manyThreadsFetchOnce() throws Exception {
        CountDownLatch release = halfThenWait();
        CompletableFuture<Path> first = CompletableFuture.supplyAsync(this::fetched);
        awaitHalf();
        CompletableFuture<Path> second = CompletableFuture.supplyAsync(this::fetched);
        release.countDown();

        first.get(1, TimeUnit.MINUTES);
        assertThat(second.get(1, TimeUnit.MINUTES)).hasBinaryContent(content);
        assertThat(server.requests()).containsExactly("a.deb");
    }

    /** Answers the first request with half of the file and the rest when told to. */
    private CountDownLatch halfThenWait() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger times = new AtomicInteger();
        server.mischief((exchange, file) -> {
            if (times.incrementAndGet() > 1) {
                return false;
            }
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(content, 0, HALF);
            exchange.getResponseBody().flush();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.getResponseBody().write(content, HALF, SIZE - HALF);
            return true;
        });
        return release;
    }

    private void awaitHalf() throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!Files.exists(part) || Files.size(part) < HALF) {
            assertThat(System.nanoTime()).as("half of the file has come").isLessThan(end);
            Thread.sleep(10);
        }
    }

    private Path fetched() {
        try {
            return transfer().run();
        } catch (RootfsException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefused(String code, String reason) {
        assertThatThrownBy(() -> transfer().run()).isInstanceOfSatisfying(RootfsException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.summary()).startsWith("The package a ").contains(reason);
        });
    }

    private Transfer transfer() {
        return transfer(server.address("a.deb"));
    }

    private Transfer transfer(String address) {
        return new Transfer(
                http, "The package a", address, target, SIZE, sha256, progress::addAndGet, Duration.ofMillis(2));
    }
}
