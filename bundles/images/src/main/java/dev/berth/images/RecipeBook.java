/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images;

import dev.berth.api.error.RecipeException;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeDocument;
import dev.berth.api.task.AnyThread;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The recipes of all providers, checked and read. A service. */
@ProviderType
@AnyThread
public interface RecipeBook {

    /** All well-formed recipes by id. Malformed ones are logged and left out. */
    List<Recipe> recipes();

    /** A recipe by its id, or by the text of a {@link RecipeName}; empty too when it refuses the values. */
    Optional<Recipe> find(String name);

    /**
     * A recipe with values for its parameters.
     *
     * @throws RecipeException naming the parameter that the recipe does not have, or whose value it refuses; kind INVALID
     */
    default Optional<Recipe> find(RecipeName name) throws RecipeException {
        return find(name.toString());
    }

    /** The document of a recipe as its provider has it. */
    Optional<RecipeDocument> document(String id);

    /**
     * Checks a document against the schema and its references, and reads it.
     *
     * @throws RecipeException naming the place ({@code /steps/3/command}) and what is wrong there; kind INVALID
     */
    Recipe read(RecipeDocument document) throws RecipeException;

    /** All that is wrong with a document, one sentence each with its place; empty when it is fine. */
    List<String> lint(RecipeDocument document);
}
