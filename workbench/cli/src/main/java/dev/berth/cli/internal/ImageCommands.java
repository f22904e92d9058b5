/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.error.BerthException;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.session.SessionInfo;
import dev.berth.images.DiskUsage;
import dev.berth.images.ImageStore;
import dev.berth.images.PruneReport;
import dev.berth.images.RecipeLock;
import dev.berth.images.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth image …}. */
@picocli.CommandLine.Command(name = "image", synopsisSubcommandLabel = "COMMAND", description = "The image store.")
final class ImageCommands {

    static Map<String, Supplier<Command>> all() {
        Map<String, Supplier<Command>> all = new LinkedHashMap<>();
        all.put("build", Build::new);
        all.put("pull", ImageTransferCommands.Pull::new);
        all.put("import", ImageTransferCommands.Import::new);
        all.put("export", ExportCommands.OfImage::new);
        all.put("ls", Ls::new);
        all.put("rm", Remove::new);
        all.put("prune", Prune::new);
        all.put("du", Usage::new);
        return all;
    }

    static Map<String, Object> document(StoredImage image) {
        return Json.object(
                "name",
                image.name(),
                "digest",
                image.digest().toString(),
                "sizeBytes",
                image.sizeBytes(),
                "created",
                image.created().toString(),
                "recipe",
                image.recipe(),
                "platform",
                image.platform().toString());
    }

    /** Which images sessions were made from, looked up once. */
    private static ImageStore.InUse inUse(Services services) throws BerthException, InterruptedException {
        Set<String> used =
                services.sessions().sessions().stream().map(SessionInfo::image).collect(Collectors.toSet());
        return image -> used.contains(image.toString());
    }

    @picocli.CommandLine.Command(name = "build", description = "Makes a recipe's image, or what is missing of it.")
    static final class Build extends Command {
        @Parameters(paramLabel = "RECIPE", description = "Its id.")
        String id = "";

        @Mixin
        RecipeOptions options = new RecipeOptions();

        @Option(
                names = "--locked",
                paramLabel = "FILE",
                description = "Makes no image of another base than this lock says; berth recipe lock writes it.")
        @Nullable
        Path locked;

        @Option(names = "--refresh", description = "Looks for newer packages even if the recipe has not changed.")
        boolean refresh;

        @Option(names = "--engine", paramLabel = "ID", description = "Which engine runs the steps.")
        String engine = "";

        @Option(
                names = {"-y", "--yes"},
                description = "Installs what is missing on this host without asking.")
        boolean yes;

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            Recipe recipe = services()
                    .recipes()
                    .find(options.name(id))
                    .orElseThrow(() -> invalid(
                            "recipe.unknown", "There is no recipe named " + id + ".", "berth recipe ls lists them."));
            Path file = locked;
            Optional<RecipeLock> lock = file == null ? Optional.empty() : Optional.of(LockFile.read(file));
            StoredImage image = Retry.afterInstalling(
                    this,
                    yes,
                    () -> task("Making the image " + id, context -> {
                        ContainerEngine chosen = services().sessions().engine(engine, context);
                        return lock.isPresent()
                                ? services().builder().build(recipe, lock.get(), chosen, context)
                                : services().builder().build(recipe, chosen, refresh, context);
                    }));
            console().result(document(image), image.name() + "  " + image.digest());
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "ls", description = "Lists the images.")
    static final class Ls extends Command {
        @Override
        int run() throws BerthException, InterruptedException {
            List<Object> documents = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>(List.of(List.of("IMAGE", "DIGEST", "SIZE", "CREATED")));
            for (StoredImage image : services().store().images()) {
                documents.add(document(image));
                rows.add(List.of(
                        image.name(),
                        image.digest().brief(),
                        Texts.bytes(image.sizeBytes()),
                        image.created().toString()));
            }
            console().result(documents, Texts.table(rows));
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "rm", description = "Removes images.")
    static final class Remove extends Command {
        @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "A name or digest.")
        List<String> images = List.of();

        @Override
        int run() throws BerthException, InterruptedException {
            ImageStore.InUse inUse = inUse(services());
            for (String image : images) {
                task("Removing " + image, context -> {
                    services().store().remove(image, inUse, context);
                    return image;
                });
            }
            console().result(Json.object("removed", images), "");
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "prune", description = "Deletes what no image or session uses.")
    static final class Prune extends Command {
        @Option(names = "--dry-run", description = "Only tells what would go.")
        boolean dryRun;

        @Override
        int run() throws BerthException, InterruptedException {
            ImageStore.InUse inUse = inUse(services());
            PruneReport report = task(
                    "Looking for what nothing uses",
                    context -> services().store().prune(dryRun, inUse, context));
            String sum = (dryRun ? "Would free " : "Freed ") + Texts.bytes(report.freedBytes()) + ".";
            List<String> lines = new ArrayList<>(report.items());
            lines.add(sum);
            console()
                    .result(
                            Json.object("freedBytes", report.freedBytes(), "dryRun", dryRun, "items", report.items()),
                            String.join("\n", lines));
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "du", description = "Tells what the store occupies.")
    static final class Usage extends Command {
        @Override
        int run() throws BerthException, InterruptedException {
            DiskUsage usage = task("Counting", context -> services().store().usage(context));
            List<Object> documents = new ArrayList<>();
            List<List<String>> rows = new ArrayList<>(List.of(List.of("IMAGE", "ITS OWN", "SHARED")));
            for (DiskUsage.ImageUsage image : usage.images()) {
                documents.add(Json.object(
                        "name",
                        image.image().name(),
                        "digest",
                        image.image().digest().toString(),
                        "exclusiveBytes",
                        image.exclusiveBytes(),
                        "sharedBytes",
                        image.sharedBytes()));
                rows.add(List.of(
                        image.image().name(), Texts.bytes(image.exclusiveBytes()), Texts.bytes(image.sharedBytes())));
            }
            console()
                    .result(
                            Json.object(
                                    "blobBytes",
                                    usage.blobBytes(),
                                    "unpackedBytes",
                                    usage.unpackedBytes(),
                                    "cacheBytes",
                                    usage.cacheBytes(),
                                    "images",
                                    documents),
                            Texts.table(rows) + "\n\nImages " + Texts.bytes(usage.blobBytes()) + ", unpacked "
                                    + Texts.bytes(usage.unpackedBytes()) + ", downloads "
                                    + Texts.bytes(usage.cacheBytes()));
            return 0;
        }
    }
}
