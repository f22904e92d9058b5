/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.ImageException;
import dev.berth.api.error.Remedy;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeBase;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.images.ImageStore;
import dev.berth.images.ImageTransfer;
import dev.berth.images.RecipeBook;
import dev.berth.images.StoredImage;
import dev.berth.images.internal.store.FlatTree;
import dev.berth.images.internal.store.ImageKeys;
import dev.berth.images.internal.store.LocalImageStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Moves images between the store and everything else. */
@Component(service = ImageTransfer.class)
public final class DefaultImageTransfer implements ImageTransfer {

    private final LocalImageStore store;
    private final RecipeBook recipes;
    private final Sources sources = new Sources();

    /** For the framework, and for tests. */
    @Activate
    public DefaultImageTransfer(@Reference LocalImageStore store, @Reference RecipeBook recipes) {
        this.store = store;
        this.recipes = recipes;
    }

    /** A source appears. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void addSource(RootfsSource source) {
        sources.add(source);
    }

    /** A source goes. */
    public void removeSource(RootfsSource source) {
        sources.remove(source);
    }

    @Override
    public StoredImage fetch(RootfsReference reference, String name, Map<String, String> options, TaskContext context)
            throws BerthException, InterruptedException {
        RecipeBase base = new RecipeBase(List.of(reference), List.of(), false, options);
        Sources.Resolved resolved = sources.resolve(base, LocalImageStore.platform(), context);
        context.progress().log(resolved.resolution().summary());
        String key = BuildJson.resultKey(resolved.resolution().key(), List.of()).toString();
        Map<String, String> keys = Map.of(ImageKeys.RESULT_KEY, key);
        try (Registration writing = store.beginWriting()) {
            Optional<StoredImage> same = store.findByKey(ImageKeys.RESULT_KEY, key);
            if (same.isPresent()) {
                context.progress().log("The image is there already.");
                return store.rename(same.get(), name, keys, context);
            }
            LocalImageStore.Writing image = store.newWriter();
            FetchedRootfs fetched = resolved.source().fetch(resolved.resolution(), image.writer(), context);
            if (!fetched.setup().isEmpty()) {
                throw invalid(
                        "image.incomplete",
                        "What " + reference + " gives is not complete before it has been set up.",
                        "Make it the base of a recipe, and the image with 'berth image build'.");
            }
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            return store.publish(fetched.config(), image.layers(), now, name, keys, context);
        } catch (BerthException e) {
            throw LocalImageStore.explain(e);
        }
    }

    @Override
    public void export(StoredImage image, Form form, OutputStream out, TaskContext context)
            throws BerthException, InterruptedException {
        switch (form) {
            case OCI -> {
                try (ImageStore.OpenImage content = store.open(image.digest())) {
                    content.writeArchive(out, context);
                }
            }
            case OCI_GZIP -> store.writeGzipArchive(image.digest(), image.name(), out, context);
            case TREE -> {
                try (ImageStore.OpenImage content = store.open(image.digest())) {
                    new FlatTree(store, content.layers()).write(out, context);
                }
            }
            case CONTAINERFILE -> {
                Recipe recipe = recipes.find(image.recipe())
                        .orElseThrow(() -> invalid(
                                "image.recipe",
                                "How the image " + image.name() + " was made is not known.",
                                "Only images of recipes that are still there have a Containerfile."));
                try {
                    out.write(Containerfile.of(recipe).getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new ImageException("image.io", "The Containerfile cannot be written: " + e.getMessage(), e);
                }
            }
        }
    }

    private static ImageException invalid(String code, String summary, String advice) {
        return new ImageException(code, ErrorKind.INVALID, summary, "", Remedy.advice(advice), null);
    }
}
