/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.platform.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.Progress;
import dev.berth.api.task.Unit;
import dev.berth.platform.task.TaskHandle;
import dev.berth.platform.task.TaskSnapshot;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadedTaskRunnerTest {

    private final ThreadedTaskRunner runner = new ThreadedTaskRunner();

    @AfterEach
    void stop() {
        runner.stop();
    }

    @Test
    void givesTheResultAndRemembersTheTask() throws Exception {
        TaskHandle<String> task = runner.submit("Adding up", context -> {
            context.progress().start(10, Unit.ITEMS, "Counting");
            context.progress().add(10);
            return "done";
        });
        assertThat(task.await()).isEqualTo("done");
        assertThat(runner.tasks()).singleElement().satisfies(snapshot -> {
            assertThat(snapshot.state()).isEqualTo(TaskSnapshot.State.DONE);
            assertThat(snapshot.fraction()).isEqualTo(1.0);
            assertThat(snapshot.message()).isEqualTo("Counting");
        });
    }

    @Test
    void passesOnAFailureAndTurnsABugIntoOne() {
        TaskHandle<Void> failing = runner.submit("Failing", context -> {
            throw new BerthException("test.no", "No.", null);
        });
        assertThatThrownBy(failing::await).isInstanceOf(BerthException.class).hasMessage("No.");
        TaskHandle<Void> buggy = runner.submit("Buggy", context -> {
            throw new IllegalStateException("oops");
        });
        assertThatThrownBy(buggy::await)
                .isInstanceOfSatisfying(
                        BerthException.class, e -> assertThat(e.code()).isEqualTo("task.bug"));
    }

    @Test
    void cancelInterruptsAndClosesWhatBlocks() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        TaskHandle<Void> task = runner.submit("Reading", context -> {
            try (var ignored = context.onCancel(closed::countDown)) {
                started.countDown();
                waitDeafly(closed);
                throw new BerthException("test.io", "The connection was closed.", null);
            }
        });
        started.await();
        task.cancel();
        assertThatThrownBy(task::await).isInstanceOf(InterruptedException.class);
        assertThat(task.snapshot().state()).isEqualTo(TaskSnapshot.State.CANCELLED);
    }

    /** Waits as a read that knows no interrupts does. */
    private static void waitDeafly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Only closing the resource helps.
            }
        }
    }

    @Test
    void tellsListenersOfTheEnd() throws Exception {
        BlockingQueue<TaskSnapshot> told = new LinkedBlockingQueue<>();
        try (var ignored = runner.onChange(told::add)) {
            runner.submit("Quick", context -> "x").await();
            TaskSnapshot last;
            do {
                last = told.take();
            } while (!last.ended());
            assertThat(last.title()).isEqualTo("Quick");
        }
    }

    @Test
    void partsMoveTheWholeByTheirWeight() {
        AtomicLong clock = new AtomicLong();
        ProgressMeter whole = new ProgressMeter("All", () -> {}, clock::get);
        whole.start(100, Unit.PARTS, "Working");
        Progress first = whole.child(60, "First");
        first.start(1000, Unit.BYTES, "Downloading");
        first.add(500);
        assertThat(whole.read().done()).isEqualTo(30);
        assertThat(whole.read().parts()).singleElement().satisfies(part -> {
            assertThat(part.done()).isEqualTo(500);
            assertThat(part.message()).isEqualTo("Downloading");
        });
        first.add(500);
        assertThat(whole.read().done()).isEqualTo(60);
        assertThat(whole.read().parts()).isEmpty();
    }

    @Test
    void measuresTheRateOverTheLastSeconds() {
        AtomicLong clock = new AtomicLong();
        ProgressMeter meter = new ProgressMeter("Load", () -> {}, clock::get);
        meter.start(1_000_000, Unit.BYTES, "Loading");
        for (int i = 0; i < 8; i++) {
            meter.add(1000);
            clock.addAndGet(500_000_000L);
        }
        assertThat(meter.read().rate()).isBetween(1500.0, 2500.0);
    }
}
