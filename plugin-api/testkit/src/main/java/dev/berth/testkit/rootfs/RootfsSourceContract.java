/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsFeature;
import dev.berth.api.rootfs.RootfsOffer;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.Progress;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of {@link RootfsSource}: extend it in a test and say how the source is made and what it offers. The source
 * must find what it needs on this machine: a server on loopback, a file.
 */
public abstract class RootfsSourceContract {

    private static final TaskContext CONTEXT = TaskContext.silent();

    /** Where the test may make what it likes. */
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    protected Path folder;

    /** Makes the source; each call gives one that knows nothing of those before. */
    protected abstract RootfsSource source() throws Exception;

    /** A request for a small tree that exists. */
    protected abstract RootfsRequest request() throws Exception;

    /** A reference that the source understands, to a tree that does not exist. */
    protected abstract RootfsReference missing();

    /** A path in the tree, relative to its root: {@code etc/os-release}. */
    protected abstract String knownPath();

    @Test
    protected void hasAReverseDomainId() throws Exception {
        assertThat(source().id()).matches("[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)+");
    }

    @Test
    protected void understandsItsOwnReferencesAlone() throws Exception {
        RootfsSource source = source();
        assertThat(source.understands(request().reference())).isTrue();
        assertThat(source.understands(missing())).isTrue();
        assertThat(source.understands(RootfsReference.parse(
                        "no-such-scheme:" + request().reference().name())))
                .isFalse();
    }

    @Test
    protected void offersWhatItUnderstands() throws Exception {
        RootfsSource source = source();
        for (RootfsOffer offer : source.offers(CONTEXT)) {
            assertThat(source.understands(offer.reference()))
                    .as(offer.toString())
                    .isTrue();
            assertThat(offer.title()).isNotBlank();
        }
    }

    @Test
    protected void theSameRequestHasTheSameKey() throws Exception {
        RootfsResolution one = source().resolve(request(), CONTEXT);
        RootfsResolution two = source().resolve(request(), CONTEXT);

        assertThat(two.key()).isEqualTo(one.key());
        assertThat(one.request()).isEqualTo(request());
        assertThat(one.summary()).isNotBlank().doesNotContain("\n");
        assertThat(one.downloadBytes()).isGreaterThanOrEqualTo(-1);
        assertThat(one.installedBytes()).isGreaterThanOrEqualTo(-1);
    }

    @Test
    protected void saysThatATreeDoesNotExist() throws Exception {
        RootfsRequest wanted = with(missing(), List.of(), Map.of());
        assertThatThrownBy(() -> source().resolve(wanted, CONTEXT)).isInstanceOfSatisfying(RootfsException.class, e -> {
            assertThat(e.code()).startsWith("rootfs.");
            assertThat(e.summary()).isNotBlank();
        });
    }

    @Test
    protected void refusesOptionsThatItDoesNotKnow() throws Exception {
        RootfsRequest wanted = with(request().reference(), List.of(), Map.of("no-such-option-of-any-source", "x"));
        assertThatThrownBy(() -> source().resolve(wanted, CONTEXT))
                .isInstanceOf(RootfsException.class)
                .hasMessageContaining("no-such-option-of-any-source");
    }

    @Test
    protected void saysThatAPackageDoesNotExist() throws Exception {
        Assumptions.assumeTrue(source().features().contains(RootfsFeature.PACKAGES));
        RootfsRequest wanted = with(
                request().reference(),
                List.of("no-such-package-anywhere"),
                request().options());
        assertThatThrownBy(() -> source().resolve(wanted, CONTEXT))
                .isInstanceOf(RootfsException.class)
                .hasMessageContaining("no-such-package-anywhere");
    }

    @Test
    protected void fetchesTheTreeThatItResolved() throws Exception {
        RootfsSource source = source();
        RootfsResolution resolution = source.resolve(request(), CONTEXT);
        FolderImageWriter writer = writer("one");

        FetchedRootfs fetched = source.fetch(resolution, writer, CONTEXT);

        assertThat(writer.layers()).isNotEmpty();
        assertThat(writer.open()).isZero();
        assertThat(fetched.config().platform()).isEqualTo(request().platform());
        assertThat(fetched.setup()).allSatisfy(step -> assertThat(step.title()).isNotBlank());
        assertThat(writer.entries()).anyMatch(entry -> entry.startsWith(knownPath() + " "));
    }

    @Test
    protected void aKeyGivesOneTreeWhoeverFetchesIt() throws Exception {
        RootfsSource first = source();
        RootfsResolution resolution = first.resolve(request(), CONTEXT);
        FolderImageWriter one = writer("one");
        FetchedRootfs fetched = first.fetch(resolution, one, CONTEXT);

        FolderImageWriter two = writer("two");
        FetchedRootfs again = source().fetch(resolution, two, CONTEXT);

        assertThat(two.entries()).isEqualTo(one.entries());
        assertThat(again).isEqualTo(fetched);
        assertThat(two.layers().stream().map(layer -> layer.diffId()).toList())
                .isEqualTo(one.layers().stream().map(layer -> layer.diffId()).toList());
    }

    @Test
    protected void anotherKeyIsNotFetched() throws Exception {
        RootfsSource source = source();
        RootfsResolution resolution = source.resolve(request(), CONTEXT);
        RootfsResolution changed = new RootfsResolution(
                resolution.request(),
                Digest.sha256("00".repeat(32)),
                resolution.downloadBytes(),
                resolution.installedBytes(),
                resolution.summary());
        FolderImageWriter writer = writer("one");

        assertThatThrownBy(() -> source.fetch(changed, writer, CONTEXT)).isInstanceOf(BerthException.class);

        assertThat(writer.open()).isZero();
    }

    @Test
    protected void aCancelledFetchLeavesNothingOpenAndTheNextGoesOn() throws Exception {
        RootfsSource source = source();
        RootfsResolution resolution = source.resolve(request(), CONTEXT);
        FolderImageWriter writer = writer("one");
        Cancelling context = new Cancelling();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread worker = new Thread(() -> {
            try {
                source.fetch(resolution, writer, context);
            } catch (BerthException | InterruptedException | RuntimeException e) {
                thrown.set(e);
            } finally {
                context.started.countDown();
            }
        });
        worker.start();
        assertThat(context.started.await(1, TimeUnit.MINUTES)).isTrue();
        worker.join(TimeUnit.MINUTES.toMillis(1));

        assertThat(worker.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(writer.open()).isZero();
        FolderImageWriter next = writer("two");
        source().fetch(resolution, next, CONTEXT);
        assertThat(next.entries()).anyMatch(entry -> entry.startsWith(knownPath() + " "));
    }

    private FolderImageWriter writer(String name) throws IOException {
        return new FolderImageWriter(folder.resolve(name), folder.resolve("downloads"));
    }

    private RootfsRequest with(RootfsReference reference, List<String> packages, Map<String, String> options)
            throws Exception {
        return new RootfsRequest(reference, request().platform(), packages, false, options);
    }

    /** Is cancelled as soon as the work reports that it begins: the interrupt of the worker, as everywhere. */
    private static final class Cancelling implements TaskContext, Progress {

        final CountDownLatch started = new CountDownLatch(1);
        private final AtomicBoolean cancelled = new AtomicBoolean();

        @Override
        public Progress progress() {
            return this;
        }

        @Override
        public void checkCancelled() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled");
            }
        }

        @Override
        public Registration onCancel(AutoCloseable resource) {
            return () -> {};
        }

        @Override
        public TaskContext with(Progress other) {
            return this;
        }

        @Override
        public void start(long total, Unit unit, String message) {
            if (cancelled.compareAndSet(false, true)) {
                Thread.currentThread().interrupt();
                started.countDown();
            }
        }

        @Override
        public void add(long amount) {}

        @Override
        public void total(long total) {}

        @Override
        public void message(String message) {}

        @Override
        public void log(String line) {}

        @Override
        public Progress child(long weight, String message) {
            return this;
        }
    }
}
