/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.rootfs;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that fetches root file systems into the image store. Calls block, may come from several threads at once,
 * and share nothing but {@link ImageWriter#downloads()} with other processes.
 */
@ConsumerType
@OnWorker
public interface RootfsSource {

    /** Reverse-domain id of the source: {@code dev.berth.rootfs.debian}. */
    String id();

    /** Whether this source is the one for a reference, from its text alone. */
    boolean understands(RootfsReference reference);

    /** What it can do beyond fetching a fixed tree. */
    Set<RootfsFeature> features();

    /** Named trees for a catalogue; empty when the source has none to name. */
    default List<RootfsOffer> offers(TaskContext context) throws RootfsException, InterruptedException {
        return List.of();
    }

    /**
     * Pins a request to exact content. Downloads indexes or manifests at the most.
     *
     * @throws RootfsException if there is no such tree, a package is unknown, or a signature is bad
     */
    RootfsResolution resolve(RootfsRequest request, TaskContext context) throws RootfsException, InterruptedException;

    /**
     * Fetches the tree, checks it, and writes it as layers. After a break the next call goes on where this one ended.
     *
     * @throws BerthException if a download fails for good, a digest or signature does not match, or the store refuses
     */
    FetchedRootfs fetch(RootfsResolution resolution, ImageWriter writer, TaskContext context)
            throws BerthException, InterruptedException;
}
