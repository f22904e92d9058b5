/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.error.BerthException;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Makes images from recipes. A service. */
@ProviderType
@OnWorker
public interface ImageBuilder {

    /** The image made from a recipe as it stands now, if there is one. Asks no network. */
    Optional<StoredImage> existing(Recipe recipe) throws BerthException, InterruptedException;

    /**
     * Pins the recipe's base: the first of its references that a source of this host resolves.
     *
     * @throws BerthException the first source's error, when none of them does
     */
    RootfsResolution resolve(Recipe recipe, TaskContext context) throws BerthException, InterruptedException;

    /**
     * Makes the image, or the part of it that is not in the cache: fetches the base, runs the steps in build containers
     * of {@code engine}, commits each as a layer. The image is named after the recipe. When another process builds the
     * same recipe, waits for it and takes its result. After a break the next call goes on where this one ended.
     *
     * @param refresh whether the base is resolved anew; otherwise an existing image of an unchanged recipe is returned
     */
    StoredImage build(Recipe recipe, ContainerEngine engine, boolean refresh, TaskContext context)
            throws BerthException, InterruptedException;

    /**
     * The same from a base that was locked. With an image of that base there, asks no network.
     *
     * @throws BerthException {@code recipe.lock.changed} when the base is another by now
     */
    StoredImage build(Recipe recipe, RecipeLock lock, ContainerEngine engine, TaskContext context)
            throws BerthException, InterruptedException;

    /**
     * Takes away the build containers that dead processes left in an engine. Builds that are under way are not touched.
     *
     * @return what was mended, one sentence each
     */
    default List<String> cleanUp(ContainerEngine engine, TaskContext context)
            throws BerthException, InterruptedException {
        return List.of();
    }
}
