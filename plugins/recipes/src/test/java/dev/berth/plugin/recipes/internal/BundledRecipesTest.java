/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.recipes.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.recipe.RecipeDocument;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BundledRecipesTest {

    @Test
    void everyRecipeIsJsonThatStatesItsOwnId() {
        JsonMapper mapper = new JsonMapper();
        assertThat(new BundledRecipes().recipes())
                .extracting(RecipeDocument::id)
                .contains("debian-xfce", "azurelinux-plasma", "alpine-xfce");
        for (RecipeDocument document : new BundledRecipes().recipes()) {
            JsonNode json = mapper.readTree(document.json());
            assertThat(json.path("id").stringValue()).isEqualTo(document.id());
        }
    }
}
