/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.image.Platform;
import dev.berth.api.image.ProvisioningStep;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsFeature;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.images.internal.testing.Archive;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A source of one small tree, which keeps the contract of sources. */
final class PretendSource implements RootfsSource {

    Digest key = Digest.sha256("ab".repeat(32));
    int fetched;

    @Override
    public String id() {
        return "dev.berth.test";
    }

    @Override
    public boolean understands(RootfsReference reference) {
        return reference.scheme().equals("pretend");
    }

    @Override
    public Set<RootfsFeature> features() {
        return Set.of();
    }

    @Override
    public RootfsResolution resolve(RootfsRequest request, TaskContext context) throws RootfsException {
        if (request.reference().name().equals("nowhere")) {
            throw new RootfsException("rootfs.unknown", "There is no such tree.", null);
        }
        for (String option : request.options().keySet()) {
            throw new RootfsException("rootfs.option", "There is no option " + option + ".", null);
        }
        return new RootfsResolution(request, key, 1, 1, "pretend");
    }

    @Override
    public FetchedRootfs fetch(RootfsResolution resolution, ImageWriter writer, TaskContext context)
            throws BerthException, InterruptedException {
        if (!resolution.key().equals(key)) {
            throw new RootfsException("rootfs.key", "The tree has changed.", null);
        }
        context.progress().start(1, Unit.ITEMS, "Fetching");
        context.checkCancelled();
        fetched++;
        try (LayerOutput layer = writer.newLayer("base", context)) {
            layer.write(new Archive().folder("bin/").file("bin/sh", "x").bytes());
            layer.commit();
        } catch (IOException e) {
            throw new RootfsException("rootfs.io", "broken", e);
        }
        return new FetchedRootfs(
                ImageConfig.of(Platform.host()),
                List.of(
                        new ProvisioningStep.Run("First", List.of("first"), Map.of("A", "it's"), false),
                        new ProvisioningStep.Run("Second", List.of("second"), Map.of(), false)));
    }
}
