/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.ExecSpec;
import dev.berth.api.error.ShareException;
import dev.berth.api.share.FileShareProvider;
import dev.berth.api.share.PreparedShare;
import dev.berth.api.share.ShareSpec;
import dev.berth.api.task.TaskContext;
import dev.berth.testkit.engine.HostContainer;
import dev.berth.testkit.share.FileShareProviderContract;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FuseShareProviderTest extends FileShareProviderContract {

    @Override
    protected FileShareProvider provider() {
        return new FuseShareProvider();
    }

    @Override
    protected Set<EngineCapability> fittingEngine() {
        return Set.of(EngineCapability.FUSE);
    }

    @Test
    void mountsOnlyWhereThatIsSafe() {
        assertThat(provider().suits(Set.of(EngineCapability.OWN_IMAGE_STORE))).isNotPositive();
    }

    @Test
    void tellsWhyTheGuestCannotMount() throws Exception {
        Container host = HostContainer.of(folder, "/usr/bin:/bin");
        // A guest whose kernel does not let perl mount.
        Container guest = (Container) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Container.class},
                (proxy, method, arguments) -> host.exec(
                        new ExecSpec(
                                List.of("sh", "-c", "echo 'mount is refused: not permitted' >&2"),
                                Map.of(),
                                "",
                                folder.toString(),
                                Optional.empty()),
                        TaskContext.silent()));
        try (PreparedShare share = provider().prepare(new ShareSpec(folder, "/mnt/x", false), TaskContext.silent())) {
            assertThatThrownBy(() -> share.attach(guest, TaskContext.silent()))
                    .isInstanceOf(ShareException.class)
                    .hasMessageContaining("mount is refused: not permitted");
        }
    }
}
