/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.recipe;

import dev.berth.api.recipe.RecipeDocument;
import dev.berth.api.recipe.RecipeProvider;
import dev.berth.platform.home.BerthHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The person's own recipes: {@code recipes/ID.json} in the Berth home. Looked for anew each time. */
@Component(service = RecipeProvider.class)
public final class HomeRecipes implements RecipeProvider {

    private static final Logger LOG = LoggerFactory.getLogger(HomeRecipes.class);
    private static final String ENDING = ".json";

    private final Path folder;

    /** For the framework, and for tests. */
    @Activate
    public HomeRecipes(@Reference BerthHome home) {
        folder = home.root().resolve("recipes");
    }

    @Override
    public List<RecipeDocument> recipes() {
        List<RecipeDocument> documents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(ENDING) && Files.isRegularFile(file)) {
                    read(file, name.substring(0, name.length() - ENDING.length()), documents);
                }
            }
        } catch (NoSuchFileException e) {
            // Nobody wrote one.
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The recipes in {} cannot be read: {}", folder, e.getMessage());
        }
        return documents;
    }

    /** One that cannot be read does not keep the others away. */
    private static void read(Path file, String id, List<RecipeDocument> documents) {
        try {
            if (Files.size(file) > ProvidedRecipes.DOCUMENT_LIMIT) {
                throw new IOException("it is larger than 4 MiB");
            }
            documents.add(new RecipeDocument(id, Files.readString(file), file.toString()));
        } catch (IOException e) {
            LOG.warn("The recipe {} cannot be read: {}", file, e.getMessage());
        }
    }
}
