/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Platform;
import dev.berth.api.recipe.RecipeBase;
import dev.berth.api.rootfs.RootfsFeature;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.TaskContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The root file system sources of this host. */
final class Sources {

    /** A base that a source has pinned. */
    record Resolved(RootfsSource source, RootfsResolution resolution) {

        /** Whether packages of the base are for the guest's package manager to install. */
        boolean lacksPackages(RecipeBase base) {
            return !base.packages().isEmpty() && resolution.request().packages().isEmpty();
        }
    }

    private final List<RootfsSource> sources = new CopyOnWriteArrayList<>();

    void add(RootfsSource source) {
        sources.add(source);
    }

    void remove(RootfsSource source) {
        sources.remove(source);
    }

    /** Pins the first reference that some source can resolve; what the others said is logged. */
    Resolved resolve(RecipeBase base, Platform platform, TaskContext context)
            throws BerthException, InterruptedException {
        @Nullable BerthException first = null;
        for (RootfsReference reference : base.references()) {
            for (RootfsSource source : sources) {
                if (!source.understands(reference)) {
                    continue;
                }
                boolean packages = source.features().contains(RootfsFeature.PACKAGES);
                RootfsRequest request = new RootfsRequest(
                        reference,
                        platform,
                        packages ? base.packages() : List.of(),
                        base.recommends(),
                        options(base, reference, packages));
                try {
                    return new Resolved(source, source.resolve(request, context));
                } catch (RootfsException e) {
                    context.progress().log(reference + ": " + e.summary());
                    if (first == null) {
                        first = e;
                    }
                }
            }
        }
        if (first != null) {
            throw first;
        }
        String wanted = base.references().stream().map(Object::toString).collect(Collectors.joining(", "));
        throw new RootfsException(
                "rootfs.source.missing",
                ErrorKind.MISSING,
                "No plugin of this Berth understands " + wanted + ".",
                "sources: " + sources.stream().map(RootfsSource::id).toList(),
                Remedy.advice("Install a plugin that does, or name another base in the recipe."),
                null);
    }

    /**
     * What a source is told of the base's options: those that begin with its scheme and a full stop; others when it is the
     * only one, or knows packages, whose mirrors most options are about.
     */
    private static Map<String, String> options(RecipeBase base, RootfsReference reference, boolean packages) {
        Map<String, String> own = new HashMap<>();
        base.options().forEach((key, value) -> {
            int point = key.indexOf('.');
            String scheme = point < 0 ? "" : key.substring(0, point);
            if (base.references().stream().anyMatch(each -> each.scheme().equals(scheme))) {
                if (scheme.equals(reference.scheme())) {
                    own.put(key.substring(point + 1), value);
                }
            } else if (packages || base.references().size() == 1) {
                own.put(key, value);
            }
        });
        return own;
    }
}
