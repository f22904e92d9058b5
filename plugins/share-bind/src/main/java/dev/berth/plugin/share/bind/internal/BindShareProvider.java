/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.bind.internal;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.Mount;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.ShareException;
import dev.berth.api.share.FileShareProvider;
import dev.berth.api.share.PreparedShare;
import dev.berth.api.share.ShareSpec;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;

/** Lets the engine mount the folder itself: nothing is faster, and nothing runs that could fail. */
@Component
public final class BindShareProvider implements FileShareProvider {

    @Override
    public String id() {
        return "bind";
    }

    @Override
    public int suits(Set<EngineCapability> engine) {
        return engine.contains(EngineCapability.BIND_MOUNTS) ? 100 : 0;
    }

    @Override
    public PreparedShare prepare(ShareSpec spec, TaskContext context) throws ShareException, InterruptedException {
        context.checkCancelled();
        Path folder = spec.hostFolder();
        if (!folder.isAbsolute()) {
            throw refused(
                    "share.not-absolute", "The path of a shared folder begins at the root: " + folder + ".", null);
        }
        Path real;
        try {
            // What is checked here is what is mounted, even if a link on the way is changed before the mount.
            real = folder.toRealPath();
        } catch (NoSuchFileException e) {
            throw refused("share.no-folder", "There is no folder " + folder + " to share.", e);
        } catch (IOException e) {
            throw refused("share.folder", "The folder " + folder + " cannot be reached.", e);
        }
        if (!Files.isDirectory(real)) {
            throw refused("share.no-folder", folder + " is not a folder.", null);
        }
        if (!Files.isReadable(real) || !Files.isExecutable(real)) {
            throw refused("share.denied", "Berth may not read the folder " + folder + ".", null);
        }
        if (!spec.readOnly() && !Files.isWritable(real)) {
            throw new ShareException(
                    "share.denied",
                    ErrorKind.INVALID,
                    "Berth may not write to the folder " + folder + ".",
                    "",
                    Remedy.advice("Share it read-only, by adding :ro."),
                    null);
        }
        return new BindShare(List.of(Mount.bind(real.toString(), spec.guestPath(), spec.readOnly())));
    }

    private static ShareException refused(String code, String summary, @Nullable Throwable cause) {
        return new ShareException(
                code,
                ErrorKind.INVALID,
                summary,
                cause == null ? "" : String.valueOf(cause),
                Remedy.advice("Name an existing folder that you may read."),
                cause);
    }

    /** One mount and nothing else. */
    private record BindShare(List<Mount> mounts) implements PreparedShare {

        @Override
        public void attach(Container container, TaskContext context) {
            // The engine has mounted it before the container's first process started.
        }

        @Override
        public void close() {
            // The mount ends with the container.
        }
    }
}
