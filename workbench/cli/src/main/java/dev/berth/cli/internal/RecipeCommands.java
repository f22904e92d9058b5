/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeDocument;
import dev.berth.images.RecipeLock;
import dev.berth.images.RecipeName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
        all.put("lock", Lock::new);
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

    @picocli.CommandLine.Command(
            name = "lock",
            description = {
                "Writes down what a recipe's base is now: for Debian each package's version and digest, for a registry",
                "the image's digest. berth image build RECIPE --locked FILE makes no image of anything else.",
                "What a step of the recipe installs from the network is not covered."
            })
    static final class Lock extends Command {
        @Parameters(paramLabel = "RECIPE", description = "Its id.")
        String id = "";

        @Mixin
        RecipeOptions options = new RecipeOptions();

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "Where the lock goes; else RECIPE.lock.json in the current folder.")
        @Nullable
        Path output;

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            RecipeName name = options.name(id);
            Recipe recipe = services()
                    .recipes()
                    .find(name)
                    .orElseThrow(() -> invalid(
                            "recipe.unknown", "There is no recipe named " + id + ".", "berth recipe ls lists them."));
            RecipeLock lock = task(
                    "Looking up the base of " + id,
                    context -> RecipeLock.of(name, services().builder().resolve(recipe, context)));
            Path file = output != null ? output : Path.of(name.id() + ".lock.json");
            LockFile.write(lock, file);
            console().result(LockFile.document(lock), lock.reference() + ", " + lock.summary() + ": " + file);
            return 0;
        }
    }
}
