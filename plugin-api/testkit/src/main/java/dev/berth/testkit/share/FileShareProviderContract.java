/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.testkit.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.Mount;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.ShareException;
import dev.berth.api.share.FileShareProvider;
import dev.berth.api.share.PreparedShare;
import dev.berth.api.share.ShareSpec;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@link FileShareProvider}: extend it in a test and say how the provider is made. */
public abstract class FileShareProviderContract {

    /** Where the test may make what it likes. */
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    protected Path folder;

    /** Makes the provider. */
    protected abstract FileShareProvider provider();

    /** What an engine can do that the provider suits. */
    protected abstract Set<EngineCapability> fittingEngine();

    @Test
    protected void hasAShortId() {
        assertThat(provider().id()).matches("[a-z0-9][a-z0-9-]*");
    }

    @Test
    protected void suitsTheEngineThatItIsMadeFor() {
        assertThat(provider().suits(fittingEngine())).isPositive();
        assertThat(provider().suits(EnumSet.allOf(EngineCapability.class))).isPositive();
    }

    @Test
    protected void mountsBelowTheGuestPathAsAsked() throws Exception {
        for (boolean readOnly : List.of(true, false)) {
            ShareSpec spec = new ShareSpec(folder, "/mnt/shared", readOnly);
            try (PreparedShare share = provider().prepare(spec, TaskContext.silent())) {
                for (Mount mount : share.mounts()) {
                    if (mount.target().equals(spec.guestPath())) {
                        assertThat(mount.readOnly()).isEqualTo(readOnly);
                    }
                }
            }
        }
    }

    @Test
    protected void refusesAFolderThatIsNotThere() {
        assertRefused(folder.resolve("missing"));
    }

    @Test
    protected void refusesAFile() throws IOException {
        assertRefused(Files.writeString(folder.resolve("file"), "x"));
    }

    @Test
    protected void refusesALinkToNothing() throws IOException {
        assertRefused(Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nothing")));
    }

    private void assertRefused(Path path) {
        Throwable thrown =
                catchThrowable(() -> provider().prepare(new ShareSpec(path, "/mnt/x", false), TaskContext.silent()));
        assertThat(thrown).isInstanceOfSatisfying(ShareException.class, e -> {
            assertThat(e.code()).startsWith("share.");
            assertThat(e.kind()).isEqualTo(ErrorKind.INVALID);
            assertThat(e.summary()).contains(path.toString());
        });
    }

    @Test
    protected void closesTwice() throws Exception {
        PreparedShare share = provider().prepare(new ShareSpec(folder, "/mnt/x", true), TaskContext.silent());
        share.close();
        share.close();
    }

    @Test
    protected void leavesTheFolderAsItWas() throws Exception {
        Path shared = Files.createDirectory(folder.resolve("shared"));
        Files.writeString(shared.resolve("file"), "content");
        provider()
                .prepare(new ShareSpec(shared, "/mnt/x", false), TaskContext.silent())
                .close();
        assertThat(shared.resolve("file")).hasContent("content");
        try (var list = Files.list(shared)) {
            assertThat(list).hasSize(1);
        }
    }

    @Test
    protected void heedsACancelledTask() {
        Thread.currentThread().interrupt();
        try {
            Throwable thrown = catchThrowable(
                    () -> provider().prepare(new ShareSpec(folder, "/mnt/x", false), TaskContext.silent()));
            assertThat(thrown).isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
    }
}
