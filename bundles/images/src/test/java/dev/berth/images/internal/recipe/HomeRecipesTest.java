/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.recipe.RecipeDocument;
import dev.berth.platform.home.BerthHome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeRecipesTest {

    @TempDir
    Path home;

    @Test
    void filesOfTheHomeAreRecipesOfTheBook() throws Exception {
        HomeRecipes recipes = new HomeRecipes(new BerthHome(home));
        assertThat(recipes.recipes()).isEmpty();
        Path folder = Files.createDirectory(home.resolve("recipes"));
        Files.writeString(
                folder.resolve("mine.json"),
                "{\"schema\":1,\"id\":\"mine\",\"title\":\"Mine\",\"base\":{\"references\":[\"file:/x.tar\"]}}");
        Files.writeString(folder.resolve("notes.txt"), "none");
        Files.write(folder.resolve("broken.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});

        assertThat(recipes.recipes()).extracting(RecipeDocument::id).containsExactly("mine");
        assertThat(new ProvidedRecipes(List.of(recipes)).find("mine"))
                .hasValueSatisfying(recipe -> assertThat(recipe.title()).isEqualTo("Mine"));
    }
}
