/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images;

import dev.berth.api.image.Digest;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeBase;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsResolution;
import java.util.List;

/**
 * What a recipe's base was when somebody looked: for Debian the version and digest of each package, for a registry the
 * digest of the manifest, for a file that of its content. Packages that a step installs later are not covered.
 *
 * @param recipe its name, with parameters ({@link RecipeName})
 * @param platform of the base: linux/amd64
 * @param reference which of the recipe's references it was
 * @param key the key of the resolution ({@link RootfsResolution#key})
 * @param summary of the resolution, for a person
 */
public record RecipeLock(String recipe, String platform, RootfsReference reference, Digest key, String summary) {

    /** The lock on a base that was resolved. */
    public static RecipeLock of(RecipeName recipe, RootfsResolution base) {
        return new RecipeLock(
                recipe.toString(),
                base.request().platform().toString(),
                base.request().reference(),
                base.key(),
                base.summary());
    }

    /** The recipe with the locked base as its only one. A name of a registry becomes a digest, which does not move on. */
    public Recipe pin(Recipe recipe) {
        boolean registry =
                reference.scheme().equals("oci") || reference.scheme().equals("docker");
        RootfsReference pinned = registry && !reference.name().contains("@")
                ? new RootfsReference(reference.scheme(), reference.name() + "@" + key)
                : reference;
        RecipeBase base = recipe.base();
        return new Recipe(
                recipe.id(),
                recipe.title(),
                recipe.description(),
                recipe.icon(),
                new RecipeBase(List.of(pinned), base.packages(), base.recommends(), base.options()),
                recipe.steps(),
                recipe.session(),
                recipe.downloadBytes(),
                recipe.installedBytes());
    }
}
