/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeDocument;
import dev.berth.api.recipe.RecipeProvider;
import dev.berth.images.internal.recipe.ProvidedRecipes;
import dev.berth.plugin.recipes.internal.BundledRecipes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Berth's own recipes, read by Berth. */
class RecipesTest {

    private final RecipeProvider own = new BundledRecipes();
    private final ProvidedRecipes book = new ProvidedRecipes(List.of(own));

    @Test
    void noneHasAProblem() {
        for (RecipeDocument document : own.recipes()) {
            assertThat(book.lint(document)).as(document.id()).isEmpty();
        }
    }

    @Test
    void eachIsAWholeDesktopThatSaysWhatItCosts() {
        assertThat(book.recipes())
                .extracting(Recipe::id)
                .containsExactlyInAnyOrder(
                        "debian-xfce",
                        "debian-plasma",
                        "debian-minimal",
                        "azurelinux-xfce",
                        "azurelinux-plasma",
                        "fedora-xfce",
                        "ubuntu-xfce",
                        "alpine-xfce");
        for (Recipe recipe : book.recipes()) {
            assertThat(recipe.base().references()).as(recipe.id()).isNotEmpty();
            assertThat(recipe.session().command()).as(recipe.id()).isNotEmpty();
            assertThat(recipe.session().user()).as(recipe.id()).isEqualTo("berth");
            assertThat(recipe.downloadBytes()).as(recipe.id()).isPositive();
            assertThat(recipe.installedBytes()).as(recipe.id()).isPositive();
            assertThat(recipe.steps())
                    .as(recipe.id())
                    .filteredOn(step -> step.title().equals("Adding the desktop's user"))
                    .hasSize(1);
        }
    }
}
