/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

/** Annotations of Berth's on the lines of the index. */
public final class ImageKeys {

    /** Id of the recipe that the image was made from. */
    public static final String RECIPE = "dev.berth.recipe";

    /** Digest of the recipe as it stood. */
    public static final String RECIPE_KEY = "dev.berth.recipe.key";

    /** Digest of the base's resolution and the steps: what the image was made from. */
    public static final String RESULT_KEY = "dev.berth.result.key";

    private ImageKeys() {}
}
