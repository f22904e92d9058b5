/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.bind.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.Mount;
import dev.berth.api.share.FileShareProvider;
import dev.berth.api.share.PreparedShare;
import dev.berth.api.share.ShareSpec;
import dev.berth.api.task.TaskContext;
import dev.berth.testkit.share.FileShareProviderContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BindShareProviderTest extends FileShareProviderContract {

    @Override
    protected FileShareProvider provider() {
        return new BindShareProvider();
    }

    @Override
    protected Set<EngineCapability> fittingEngine() {
        return Set.of(EngineCapability.BIND_MOUNTS);
    }

    @Test
    void doesNotSuitAnEngineThatCannotMount() {
        assertThat(provider().suits(Set.of(EngineCapability.OWN_IMAGE_STORE))).isNotPositive();
    }

    @Test
    void mountsWhatLinksLeadTo() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        try (PreparedShare share = provider().prepare(new ShareSpec(link, "/mnt/x", true), TaskContext.silent())) {
            assertThat(share.mounts())
                    .containsExactly(Mount.bind(real.toRealPath().toString(), "/mnt/x", true));
        }
    }
}
