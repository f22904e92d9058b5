/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.error.BerthException;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import dev.berth.testkit.rootfs.FolderImageWriter;
import dev.berth.testkit.rootfs.RootfsSourceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the source to the contract, with Debian's registry. */
class OciRootfsSourceTest extends RootfsSourceContract {

    @TempDir
    static Path data;

    private static DockerRegistry registry;

    @BeforeAll
    static void publish() throws Exception {
        registry = new DockerRegistry(data.resolve("registry"));
        registry.push("base/tree:one", 100_000);
        registry.push("base/large:one", 8 << 20);
    }

    @AfterAll
    static void end() throws Exception {
        registry.close();
    }

    @Override
    protected RootfsSource source() {
        return new OciRootfsSource(new Credentials(data.resolve("none.json")));
    }

    private static RootfsRequest request(int port, String name) {
        return RootfsRequest.of("oci:127.0.0.1:" + port + "/" + name);
    }

    @Override
    protected RootfsRequest request() {
        return request(registry.port, "base/tree:one");
    }

    @Override
    protected RootfsReference missing() {
        return RootfsReference.parse("oci:127.0.0.1:" + registry.port + "/base/tree:none");
    }

    @Override
    protected String knownPath() {
        return "etc/os-release";
    }

    @Test
    void goesOnWhenTheConnectionBreaksThreeTimes() throws Exception {
        try (BreakingProxy proxy = new BreakingProxy(registry.port)) {
            RootfsSource source = source();
            RootfsResolution resolution = source.resolve(request(proxy.port(), "base/large:one"), TaskContext.silent());
            FolderImageWriter writer = new FolderImageWriter(folder.resolve("w"), folder.resolve("d"));
            proxy.breakAfter(2 << 20, 3);

            source.fetch(resolution, writer, TaskContext.silent());

            assertThat(proxy.broken()).isEqualTo(3);
            assertThat(writer.layers()).hasSize(1);
            assertThat(writer.entries()).anyMatch(entry -> entry.startsWith("noise "));
            // What came before a break was not asked for again.
            assertThat(proxy.passed()).isLessThan(12L << 20);
        }
    }

    @Test
    void refusesALayerOfAnotherDigest() throws Exception {
        try (BreakingProxy proxy = new BreakingProxy(registry.port)) {
            RootfsSource source = source();
            RootfsResolution resolution = source.resolve(request(proxy.port(), "base/large:one"), TaskContext.silent());
            FolderImageWriter writer = new FolderImageWriter(folder.resolve("w"), folder.resolve("d"));
            proxy.spoilAt(3 << 20);

            assertThatThrownBy(() -> source.fetch(resolution, writer, TaskContext.silent()))
                    .isInstanceOfSatisfying(
                            BerthException.class, e -> assertThat(e.code()).isEqualTo("rootfs.digest"));

            assertThat(writer.layers()).isEmpty();
            assertThat(folder.resolve("d/oci")).isEmptyDirectory();
        }
    }
}
