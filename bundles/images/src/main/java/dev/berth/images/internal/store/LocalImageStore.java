/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.ImageException;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ImageContent;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.image.Platform;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.images.DiskUsage;
import dev.berth.images.ImageStore;
import dev.berth.images.PruneReport;
import dev.berth.images.StoredImage;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.settings.SettingsStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The image store of a Berth home. Readers take no lock. Whoever adds shares the writers' lock, so that the collector,
 * which needs it alone, never takes what was just written and not yet named.
 */
@Component(service = {ImageStore.class, LocalImageStore.class})
public final class LocalImageStore implements ImageStore {

    private final BerthHome home;
    private final BlobStore blobs;
    private final TreeStore trees;
    private final LayoutIndex index;
    private final BuildRecords records;
    private final Supplier<UnpackLimits> limits;

    /** For the framework. */
    @Activate
    public LocalImageStore(
            @Reference BerthHome home,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    SettingsStore settings) {
        this(home, () -> UnpackSettings.limits(settings));
    }

    /** A store without a framework. */
    public LocalImageStore(BerthHome home, Supplier<UnpackLimits> limits) {
        this.home = home;
        this.limits = limits;
        blobs = new BlobStore(home);
        trees = new TreeStore(home);
        index = new LayoutIndex(home, blobs);
        records = new BuildRecords(home);
    }

    @Override
    public List<StoredImage> images() throws ImageException {
        Map<Digest, List<LayoutIndex.Entry>> byDigest = new LinkedHashMap<>();
        for (LayoutIndex.Entry entry : index.read()) {
            byDigest.computeIfAbsent(entry.digest(), key -> new ArrayList<>()).add(entry);
        }
        List<StoredImage> images = new ArrayList<>();
        for (List<LayoutIndex.Entry> entries : byDigest.values()) {
            images.add(image(entries));
        }
        images.sort(Comparator.comparing(StoredImage::created).reversed().thenComparing(StoredImage::name));
        return images;
    }

    private StoredImage image(List<LayoutIndex.Entry> entries) throws ImageException {
        Digest digest = entries.get(0).digest();
        ImageDocuments image = ImageDocuments.read(blobs, digest);
        List<String> names = entries.stream()
                .map(entry -> entry.annotation(LayoutIndex.NAME))
                .filter(name -> !name.isEmpty())
                .toList();
        String recipe = entries.stream()
                .map(entry -> entry.annotation(ImageKeys.RECIPE))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        return new StoredImage(names, digest, image.config().platform(), image.sizeBytes(), image.created(), recipe);
    }

    @Override
    public Optional<StoredImage> find(String nameOrDigest) throws ImageException {
        List<StoredImage> images = images();
        Optional<StoredImage> named = images.stream()
                .filter(image -> image.names().contains(nameOrDigest))
                .findFirst();
        if (named.isPresent()) {
            return named;
        }
        String digits = nameOrDigest.startsWith("sha256:") ? nameOrDigest.substring(7) : nameOrDigest;
        if (digits.length() < 8) {
            return Optional.empty();
        }
        List<StoredImage> matches = images.stream()
                .filter(image -> image.digest().hex().startsWith(digits.toLowerCase(Locale.ROOT)))
                .toList();
        return matches.size() == 1 ? Optional.of(matches.get(0)) : Optional.empty();
    }

    /** The image that a recipe, or a resolution and steps, gave: by one of the keys in the index. */
    public Optional<StoredImage> findByKey(String annotation, String key) throws ImageException {
        List<LayoutIndex.Entry> entries = index.read();
        Optional<Digest> digest = entries.stream()
                .filter(entry -> entry.annotation(annotation).equals(key))
                .filter(entry -> blobs.has(entry.digest()))
                .map(LayoutIndex.Entry::digest)
                .findFirst();
        if (digest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(image(entries.stream()
                .filter(entry -> entry.digest().equals(digest.get()))
                .toList()));
    }

    @Override
    public OpenImage open(Digest digest) throws ImageException, InterruptedException {
        try {
            Registration hold = SharedLock.share(holds(digest));
            boolean opened = false;
            try {
                List<LayoutIndex.Entry> entries = index.read().stream()
                        .filter(entry -> entry.digest().equals(digest))
                        .toList();
                if (entries.isEmpty()) {
                    throw noSuch(digest.brief());
                }
                ImageDocuments image = ImageDocuments.read(blobs, digest);
                OpenImage content = new StoredContent(
                        home, blobs, trees, limits.get(), image, entries.get(0).annotation(LayoutIndex.NAME), hold);
                opened = true;
                return content;
            } finally {
                if (!opened) {
                    hold.close();
                }
            }
        } catch (IOException e) {
            throw Failures.of("cannot open the image", e);
        }
    }

    @Override
    public StoredImage derive(Digest base, String name, String title, LayerContent layer, TaskContext context)
            throws BerthException, InterruptedException {
        try (OpenImage held = open(base);
                Registration writing = beginWriting()) {
            ImageDocuments image = ImageDocuments.read(blobs, base);
            List<LayerInfo> layers = new ArrayList<>(image.layers());
            try (LayerOutput out = newWriter().writer().newLayer(title, context)) {
                layer.writeTo(out);
                layers.add(out.commit());
            }
            String recipe = find(base.toString()).map(StoredImage::recipe).orElse("");
            Map<String, String> annotations = recipe.isEmpty() ? Map.of() : Map.of(ImageKeys.RECIPE, recipe);
            return publish(
                    image.config(), layers, Instant.now().truncatedTo(ChronoUnit.MILLIS), name, annotations, context);
        } catch (IOException e) {
            throw Failures.of("cannot keep the image " + name, e);
        }
    }

    private Path holds(Digest digest) {
        return home.locks().resolve("image-" + digest.hex() + ".lock");
    }

    @Override
    public void remove(String nameOrDigest, InUse inUse, TaskContext context)
            throws ImageException, InterruptedException {
        StoredImage image = find(nameOrDigest).orElseThrow(() -> noSuch(nameOrDigest));
        boolean onlyName = image.names().contains(nameOrDigest) && image.names().size() > 1;
        if (onlyName) {
            index.change(
                    entries -> {
                        entries.removeIf(entry -> entry.digest().equals(image.digest())
                                && entry.annotation(LayoutIndex.NAME).equals(nameOrDigest));
                        return entries;
                    },
                    context);
            return;
        }
        if (inUse.test(image.digest())) {
            throw busy("A session was made from the image " + image.name() + ".", "Remove the session first.");
        }
        try {
            Optional<Registration> alone = SharedLock.tryAlone(holds(image.digest()));
            if (alone.isEmpty()) {
                throw busy("The image " + image.name() + " is being used.", "Try again when it is no longer used.");
            }
            List<LayerInfo> layers = ImageDocuments.read(blobs, image.digest()).layers();
            try (Registration held = alone.get()) {
                index.change(
                        entries -> {
                            entries.removeIf(entry -> entry.digest().equals(image.digest()));
                            return entries;
                        },
                        context);
                collector(inUse).collectLayers(layers, context);
            }
        } catch (IOException e) {
            throw Failures.of("cannot remove the image " + image.name(), e);
        }
    }

    @Override
    public PruneReport prune(boolean dryRun, InUse inUse, TaskContext context)
            throws ImageException, InterruptedException {
        return collector(inUse).prune(dryRun, context);
    }

    @Override
    public DiskUsage usage(TaskContext context) throws ImageException, InterruptedException {
        try {
            return new UsageCount(home, blobs, trees).count(images(), context);
        } catch (IOException e) {
            throw Failures.of("cannot measure what it occupies", e);
        }
    }

    @Override
    public List<String> cleanUp(TaskContext context) throws ImageException, InterruptedException {
        return collector(digest -> true).cleanUp(context);
    }

    private Collector collector(InUse inUse) {
        return new Collector(home, blobs, trees, index, records, inUse);
    }

    /** Joins those that add to the store; held while what was added has no name yet. */
    public Registration beginWriting() throws ImageException, InterruptedException {
        try {
            blobs.ensure();
            return SharedLock.share(StoredContent.writers(home));
        } catch (IOException e) {
            throw Failures.of("cannot be written to", e);
        }
    }

    /** Writes an image as an archive of an OCI layout with its layers in gzip. */
    public void writeGzipArchive(Digest digest, String name, OutputStream out, TaskContext context)
            throws ImageException, InterruptedException {
        try (OpenImage held = open(digest)) {
            Path folder = Files.createTempDirectory(Files.createDirectories(home.cache()), "export");
            try {
                ImageDocuments image = ImageDocuments.read(blobs, held.digest());
                ArchiveWriter.gzip(image, name, layer -> expandedLayer(layer, context), folder, out, context);
            } finally {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw Failures.of("cannot write the image archive", e);
        }
    }

    /** The archive in a layer; what is read of its blob counts as progress. */
    InputStream expandedLayer(LayerInfo layer, TaskContext context) throws IOException {
        InputStream file = Files.newInputStream(blobs.path(layer.digest()));
        boolean opened = false;
        try {
            InputStream in =
                    BlobIntake.expanded(new BlobIntake.CountingStream(file, context.progress()), layer.mediaType());
            opened = true;
            return in;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    /** What the build of an image remembers between runs. */
    public BuildRecords records() {
        return records;
    }

    /** A writer for the layers of one image, and how to ask what it has. */
    public Writing newWriter() {
        return new Writing(new DefaultImageWriter(home, blobs, trees, limits.get()));
    }

    /** Layers on their way into an image. */
    public static final class Writing {

        private final DefaultImageWriter writer;

        private Writing(DefaultImageWriter writer) {
            this.writer = writer;
        }

        /** The side that a source sees. */
        public ImageWriter writer() {
            return writer;
        }

        /** Adds a layer of the store. */
        public void add(LayerInfo layer) {
            writer.add(layer);
        }

        /** What was added, lowest first. */
        public List<LayerInfo> layers() {
            return writer.layers();
        }
    }

    /** Whether a layer that was made before is still whole. */
    public boolean hasLayer(LayerInfo layer) {
        try {
            return blobs.has(layer.digest()) && blobs.size(layer.digest()) == layer.sizeBytes();
        } catch (IOException e) {
            return false;
        }
    }

    /** An image that nobody can see yet, for the build of its next layer. */
    public ImageContent partial(ImageConfig config, List<LayerInfo> layers, String name) {
        ImageDocuments image = ImageDocuments.compose(config, layers, Instant.EPOCH);
        return new StoredContent(home, blobs, trees, limits.get(), image, name, () -> {});
    }

    /**
     * Makes an image visible under a name, which it takes from whoever had it.
     *
     * @param annotations for its line in the index
     */
    public StoredImage publish(
            ImageConfig config,
            List<LayerInfo> layers,
            Instant created,
            String name,
            Map<String, String> annotations,
            TaskContext context)
            throws ImageException, InterruptedException {
        try {
            ImageDocuments image = ImageDocuments.compose(config, layers, created);
            blobs.write(image.configuration());
            blobs.write(image.manifest());
            Map<String, String> all = new LinkedHashMap<>(annotations);
            all.put(LayoutIndex.NAME, name);
            LayoutIndex.Entry line = LayoutIndex.entry(image, all);
            index.change(entries -> withName(entries, line, name), context);
            return find(image.digest().toString()).orElseThrow(() -> noSuch(name));
        } catch (IOException e) {
            throw Failures.of("cannot keep the image " + name, e);
        }
    }

    /** Gives an image a name, which it takes from whoever had it, and other annotations. */
    public StoredImage rename(StoredImage image, String name, Map<String, String> annotations, TaskContext context)
            throws ImageException, InterruptedException {
        ImageDocuments documents = ImageDocuments.read(blobs, image.digest());
        Map<String, String> all = new LinkedHashMap<>(annotations);
        all.put(LayoutIndex.NAME, name);
        LayoutIndex.Entry line = LayoutIndex.entry(documents, all);
        index.change(entries -> withName(entries, line, name), context);
        return find(image.digest().toString()).orElseThrow(() -> noSuch(name));
    }

    /** The lines with one more, whose name is taken from others; an image without any name keeps one line. */
    private static List<LayoutIndex.Entry> withName(
            List<LayoutIndex.Entry> entries, LayoutIndex.Entry line, String name) {
        List<LayoutIndex.Entry> after = new ArrayList<>();
        after.add(line);
        for (LayoutIndex.Entry entry : entries) {
            if (entry.digest().equals(line.digest())) {
                String other = entry.annotation(LayoutIndex.NAME);
                if (!other.isEmpty() && !other.equals(name)) {
                    after.add(entry);
                }
            } else if (!entry.annotation(LayoutIndex.NAME).equals(name)) {
                after.add(entry);
            } else if (entries.stream()
                            .filter(e -> e.digest().equals(entry.digest()))
                            .count()
                    == 1) {
                after.add(LayoutIndex.named(entry, ""));
            }
        }
        return after;
    }

    /**
     * The error to show for one that came through a plugin: when the store is why it failed, what the store says, since a
     * plugin sees only that it could not write.
     */
    public static BerthException explain(BerthException error) {
        return Failures.behind(error).<BerthException>map(found -> found).orElse(error);
    }

    /** The platform of this host, which images are made for. */
    public static Platform platform() {
        return Platform.host();
    }

    private static ImageException noSuch(String name) {
        return new ImageException(
                "image.unknown",
                ErrorKind.INVALID,
                "There is no image " + name + ".",
                "",
                Remedy.advice("'berth image ls' lists the images."),
                null);
    }

    private static ImageException busy(String summary, String advice) {
        return new ImageException("image.busy", ErrorKind.FAILED, summary, "", Remedy.advice(advice), null);
    }
}
