/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.recipes.internal;

import dev.berth.api.recipe.RecipeDocument;
import dev.berth.api.recipe.RecipeProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Contributes the recipes that come with Berth. */
@Component
public final class BundledRecipes implements RecipeProvider {

    /** Named here, because the entries of a bundle cannot be listed in a way that also works on a plain class path. */
    private static final List<String> IDS = List.of(
            "debian-xfce",
            "debian-plasma",
            "debian-minimal",
            "azurelinux-xfce",
            "azurelinux-plasma",
            "fedora-xfce",
            "ubuntu-xfce",
            "alpine-xfce",
            // What they have in common.
            "azurelinux-base",
            "xfce-desktop",
            "xfce-rpm",
            "plasma-desktop",
            "plasma-rpm");

    @Override
    public List<RecipeDocument> recipes() {
        return IDS.stream().map(BundledRecipes::read).toList();
    }

    private static RecipeDocument read(String id) {
        String name = "/recipes/" + id + ".json";
        try (InputStream stream = BundledRecipes.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("missing from the bundle: " + name);
            }
            return new RecipeDocument(
                    id, new String(stream.readAllBytes(), StandardCharsets.UTF_8), "Berth's own recipe " + id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
