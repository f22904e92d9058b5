/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.recipe;

import java.util.Objects;

/**
 * A recipe as its provider has it.
 *
 * @param id the id that the document must state too
 * @param json the document; it is checked against the schema before use
 * @param origin where it came from, for messages: a file, a plugin
 */
public record RecipeDocument(String id, String json, String origin) {

    public RecipeDocument {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(origin, "origin");
    }
}
