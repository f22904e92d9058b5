/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.task.TaskContext;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {

    @TempDir
    Path folder;

    @Test
    void excludesThreads() throws Exception {
        Path file = folder.resolve("lock");
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean clash = new AtomicBoolean();
        CountDownLatch done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            new Thread(() -> {
                        try {
                            for (int n = 0; n < 5; n++) {
                                try (HomeLock ignored = HomeLock.acquire(file, () -> {}, TaskContext.silent())) {
                                    clash.compareAndSet(false, inside.incrementAndGet() != 1);
                                    inside.decrementAndGet();
                                }
                            }
                        } catch (Exception e) {
                            clash.set(true);
                        } finally {
                            done.countDown();
                        }
                    })
                    .start();
        }
        done.await();
        assertThat(clash).isFalse();
    }

    @Test
    void isReleasedWhenItsProcessIsKilled() throws Exception {
        Path file = folder.resolve("lock");
        Process holder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("held");
            assertThat(HomeLock.tryAcquire(file)).isEmpty();
        } finally {
            holder.destroyForcibly().waitFor();
        }
        try (HomeLock ignored = HomeLock.acquire(file, () -> {}, TaskContext.silent())) {
            assertThat(file).exists();
        }
    }

    @Test
    void tellsOnceThatItWaitsAndCanBeCancelled() throws Exception {
        Path file = folder.resolve("lock");
        AtomicInteger told = new AtomicInteger();
        try (HomeLock ignored = HomeLock.acquire(file, () -> {}, TaskContext.silent())) {
            CountDownLatch waiting = new CountDownLatch(1);
            AtomicBoolean cancelled = new AtomicBoolean();
            Thread other = new Thread(() -> {
                try {
                    HomeLock.acquire(
                                    file,
                                    () -> {
                                        told.incrementAndGet();
                                        waiting.countDown();
                                    },
                                    TaskContext.silent())
                            .close();
                } catch (InterruptedException e) {
                    cancelled.set(true);
                } catch (java.io.IOException e) {
                    cancelled.set(false);
                }
            });
            other.start();
            waiting.await();
            other.interrupt();
            other.join();
            assertThat(cancelled).isTrue();
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void refusesToBeTakenTwiceByOneThread() throws Exception {
        Path file = folder.resolve("lock");
        try (HomeLock ignored = HomeLock.acquire(file, () -> {}, TaskContext.silent())) {
            assertThatThrownBy(() -> HomeLock.tryAcquire(file)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** Holds a lock until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            try (HomeLock ignored = HomeLock.acquire(Path.of(arguments[0]), () -> {}, TaskContext.silent())) {
                System.out.println("held");
                System.out.flush();
                new CountDownLatch(1).await();
            }
        }
    }
}
