/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

import dev.berth.api.error.ImageException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** An image of the store as an engine sees it. It cannot vanish while the engine holds it. */
@ProviderType
public interface ImageContent {

    /** The digest of the image's manifest: its identity. */
    Digest digest();

    /** The name that a person knows it by; may be empty. */
    String name();

    /** What the image says about its processes. */
    ImageConfig config();

    /** The layers, lowest first. */
    List<LayerInfo> layers();

    /**
     * The layers as folders of this host, lowest first, unpacked now where they are not yet. They are shared and must
     * never be written to. White-outs are those of overlayfs: character devices 0:0 and the opaque attribute
     * ({@code trusted.overlay.opaque}, or {@code user.overlay.opaque} when {@code ids} is not the identity).
     *
     * @param ids who owns the files: the mapping of the user namespace that will mount them
     */
    @OnWorker
    List<Path> unpack(IdMapping ids, TaskContext context) throws ImageException, InterruptedException;

    /** Writes the image as a tar archive of an OCI image layout, for engines that keep images of their own. */
    @OnWorker
    void writeArchive(OutputStream out, TaskContext context) throws ImageException, InterruptedException;
}
