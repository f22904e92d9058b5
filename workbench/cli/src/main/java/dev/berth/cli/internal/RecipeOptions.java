/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.images.RecipeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What a recipe is told. */
final class RecipeOptions {

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "The value of a parameter of the recipe; may be repeated. berth recipe show lists them.")
    List<String> values = new ArrayList<>();

    /** The recipe with these values. */
    RecipeName name(String recipe) throws BerthException {
        Map<String, String> all = new TreeMap<>();
        try {
            RecipeName given = RecipeName.parse(recipe);
            all.putAll(given.values());
            for (String value : values) {
                int equals = value.indexOf('=');
                if (equals <= 0) {
                    throw new IllegalArgumentException("write --set NAME=VALUE, not " + value);
                }
                all.put(value.substring(0, equals), value.substring(equals + 1));
            }
            return new RecipeName(given.id(), all);
        } catch (IllegalArgumentException e) {
            throw Command.invalid("usage", StartOptions.sentence(e), "See --help.");
        }
    }
}
