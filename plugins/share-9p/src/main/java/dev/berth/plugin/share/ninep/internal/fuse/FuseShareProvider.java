/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.Mount;
import dev.berth.api.error.ShareException;
import dev.berth.api.share.FileShareProvider;
import dev.berth.api.share.PreparedShare;
import dev.berth.api.share.ShareSpec;
import dev.berth.api.task.TaskContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/**
 * Shares folders with containers whose engine cannot mount them, because it runs on another machine: over the standard input
 * and output of a command in the container, so that no port is opened. Mounting takes rights that are harmless only in a user
 * namespace, so the engine must run without privileges of its host.
 */
@Component(service = FileShareProvider.class)
public final class FuseShareProvider implements FileShareProvider {

    @Override
    public String id() {
        return "fuse";
    }

    @Override
    public int suits(Set<EngineCapability> engine) {
        return engine.contains(EngineCapability.FUSE) ? 50 : 0;
    }

    @Override
    public PreparedShare prepare(ShareSpec spec, TaskContext context) throws ShareException, InterruptedException {
        context.checkCancelled();
        return new FuseShare(spec.realFolder(), spec);
    }

    /** A share of one container. */
    private static final class FuseShare implements PreparedShare {

        private final Path folder;
        private final ShareSpec spec;
        private @Nullable GuestMount mount;

        FuseShare(Path folder, ShareSpec spec) {
            this.folder = folder;
            this.spec = spec;
        }

        @Override
        public List<Mount> mounts() {
            return List.of(Mount.device("/dev/fuse"));
        }

        @Override
        public synchronized void attach(Container container, TaskContext context)
                throws ShareException, InterruptedException {
            close();
            mount = GuestMount.make(folder, spec, container, context);
        }

        @Override
        public synchronized void close() {
            GuestMount mounted = mount;
            if (mounted != null) {
                mounted.close();
            }
            mount = null;
        }
    }
}
