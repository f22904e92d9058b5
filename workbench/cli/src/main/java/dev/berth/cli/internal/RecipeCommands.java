/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeDocument;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Parameters;

/** {@code berth recipe …}. */
@picocli.CommandLine.Command(
        name = "recipe",
        synopsisSubcommandLabel = "COMMAND",
        description = "Recipes: what desktops are made of.")
final class RecipeCommands {

    static Map<String, Supplier<Command>> all() {
        Map<String, Supplier<Command>> all = new LinkedHashMap<>();
        all.put("ls", Ls::new);
        all.put("show", Show::new);
        all.put("lint", Lint::new);
        return all;
    }

    @picocli.CommandLine.Command(name = "ls", description = "Lists the recipes.")
    static final class Ls extends Command {
        @Override
        int run() throws BerthException {
            List<Object> document = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>(List.of(List.of("RECIPE", "TITLE", "DOWNLOAD", "INSTALLED")));
            for (Recipe recipe : services().recipes().recipes()) {
                document.add(Json.object(
                        "id",
                        recipe.id(),
                        "title",
                        recipe.title(),
                        "description",
                        recipe.description(),
                        "downloadBytes",
                        recipe.downloadBytes(),
                        "installedBytes",
                        recipe.installedBytes()));
                rows.add(List.of(
                        recipe.id(), recipe.title(), size(recipe.downloadBytes()), size(recipe.installedBytes())));
            }
            console().result(document, Texts.table(rows));
            return 0;
        }

        private static String size(long bytes) {
            return bytes == 0 ? "?" : Texts.bytes(bytes);
        }
    }

    @picocli.CommandLine.Command(name = "show", description = "Prints a recipe's document.")
    static final class Show extends Command {
        @Parameters(paramLabel = "RECIPE", description = "Its id.")
        String id = "";

        @Override
        int run() throws BerthException {
            RecipeDocument document = services()
                    .recipes()
                    .document(id)
                    .orElseThrow(() -> invalid(
                            "recipe.unknown", "There is no recipe named " + id + ".", "berth recipe ls lists them."));
            // It is JSON already; with --json too, it is the one document.
            console().out().println(document.json().stripTrailing());
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "lint", description = "Checks a recipe's document.")
    static final class Lint extends Command {
        @Parameters(paramLabel = "FILE", description = "The document.")
        Path file = Path.of("");

        @Override
        int run() throws BerthException {
            String text;
            try {
                text = Files.readString(file);
            } catch (CharacterCodingException e) {
                throw invalid("recipe.file", file + " is not text in UTF-8.", "Save it as UTF-8.");
            } catch (IOException e) {
                throw invalid("recipe.file", "Cannot read " + file + ": " + e.getMessage(), "Check its name.");
            }
            String name = String.valueOf(file.getFileName());
            String id = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
            List<String> problems = services().recipes().lint(new RecipeDocument(id, text, file.toString()));
            console()
                    .result(
                            Json.object("ok", problems.isEmpty(), "problems", problems),
                            problems.isEmpty() ? file + " is fine." : String.join("\n", problems));
            return problems.isEmpty() ? 0 : 1;
        }
    }
}
