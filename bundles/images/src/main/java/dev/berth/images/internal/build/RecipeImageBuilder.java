/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.engine.EngineCapability;
import dev.berth.api.engine.EngineReport;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.ImageException;
import dev.berth.api.error.RecipeException;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.ProvisioningStep;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.Progress;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.images.ImageBuilder;
import dev.berth.images.RecipeLock;
import dev.berth.images.StoredImage;
import dev.berth.images.internal.store.BuildRecords;
import dev.berth.images.internal.store.ImageKeys;
import dev.berth.images.internal.store.LocalImageStore;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Makes images from recipes. One build of a recipe at a time among all processes; each layer is remembered as soon as it
 * is committed, so that a build that was killed goes on behind it.
 */
@Component(service = ImageBuilder.class)
public final class RecipeImageBuilder implements ImageBuilder {

    /** Shares of the whole, of 100: resolving, and fetching the base. The steps have the rest. */
    private static final int RESOLVE_SHARE = 2;

    private static final int BASE_SHARE = 58;

    private final BerthHome home;
    private final LocalImageStore store;
    private final Sources sources = new Sources();

    /** For the framework, and for tests. */
    @Activate
    public RecipeImageBuilder(@Reference BerthHome home, @Reference LocalImageStore store) {
        this.home = home;
        this.store = store;
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
    public Optional<StoredImage> existing(Recipe recipe) throws ImageException {
        return store.findByKey(ImageKeys.RECIPE_KEY, key(recipe));
    }

    private static String key(Recipe recipe) {
        return BuildJson.recipeKey(recipe, LocalImageStore.platform()).toString();
    }

    @Override
    public RootfsResolution resolve(Recipe recipe, TaskContext context) throws BerthException, InterruptedException {
        return sources.resolve(recipe.base(), LocalImageStore.platform(), context)
                .resolution();
    }

    @Override
    public StoredImage build(Recipe recipe, ContainerEngine engine, boolean refresh, TaskContext context)
            throws BerthException, InterruptedException {
        return build(recipe, Optional.empty(), engine, refresh, context);
    }

    @Override
    public StoredImage build(Recipe recipe, RecipeLock lock, ContainerEngine engine, TaskContext context)
            throws BerthException, InterruptedException {
        if (!lock.platform().equals(LocalImageStore.platform().toString())) {
            throw new RecipeException(
                    "recipe.lock.platform",
                    ErrorKind.INVALID,
                    "The base was locked for " + lock.platform() + "; this is " + LocalImageStore.platform() + ".",
                    "",
                    Remedy.advice("Lock it here, to another file: berth recipe lock"),
                    null);
        }
        return build(lock.pin(recipe), Optional.of(lock), engine, false, context);
    }

    private Optional<StoredImage> existing(Recipe recipe, Optional<RecipeLock> lock) throws ImageException {
        if (lock.isEmpty()) {
            return existing(recipe);
        }
        // By what it was made of: sources that know packages need no step that installs them.
        for (boolean installs : new boolean[] {false, true}) {
            Digest key = BuildJson.resultKey(lock.get().key(), steps(recipe, installs));
            Optional<StoredImage> same = store.findByKey(ImageKeys.RESULT_KEY, key.toString());
            if (same.isPresent()) {
                return same;
            }
        }
        return Optional.empty();
    }

    private StoredImage build(
            Recipe recipe, Optional<RecipeLock> lock, ContainerEngine engine, boolean refresh, TaskContext context)
            throws BerthException, InterruptedException {
        if (!refresh) {
            Optional<StoredImage> known = existing(recipe, lock);
            if (known.isPresent()) {
                return known.get();
            }
        }
        Instant asked = Instant.now();
        boolean[] waited = {false};
        Runnable waiting = () -> {
            waited[0] = true;
            context.progress().message("Waiting for another Berth that makes " + recipe.id());
        };
        try (HomeLock alone = HomeLock.acquire(BuildLeftovers.lock(home, recipe.id()), waiting, context)) {
            Optional<StoredImage> other = existing(recipe, lock);
            if (other.isPresent()
                    && (!refresh || (waited[0] && other.get().created().isAfter(asked)))) {
                return other.get();
            }
            store.cleanUp(context).forEach(context.progress()::log);
            try (Registration writing = store.beginWriting()) {
                return make(recipe, lock, engine, context);
            } catch (BerthException e) {
                throw LocalImageStore.explain(e);
            }
        } catch (IOException e) {
            throw new ImageException("image.lock", "The build cannot be locked: " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> cleanUp(ContainerEngine engine, TaskContext context)
            throws BerthException, InterruptedException {
        return new BuildLeftovers(home).remove(engine, "", context);
    }

    private static List<ProvisioningStep> steps(Recipe recipe, boolean installs) {
        List<ProvisioningStep> steps = new ArrayList<>();
        if (installs) {
            steps.add(new ProvisioningStep.InstallPackages(
                    "Installing packages",
                    recipe.base().packages(),
                    recipe.base().recommends()));
        }
        steps.addAll(recipe.steps());
        return steps;
    }

    private StoredImage make(Recipe recipe, Optional<RecipeLock> lock, ContainerEngine engine, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Progress progress = context.progress();
        progress.start(100, Unit.PARTS, "Making " + recipe.title());
        BuildContainer containers = new BuildContainer(home, store, engine, recipe.id());
        new BuildLeftovers(home).remove(engine, recipe.id(), context).forEach(progress::log);

        Progress resolving = progress.child(RESOLVE_SHARE, "Looking up the base");
        Sources.Resolved base = sources.resolve(recipe.base(), LocalImageStore.platform(), context.with(resolving));
        progress.log("Base: " + base.resolution().request().reference() + ", "
                + base.resolution().summary() + cost(base.resolution()));
        if (lock.isPresent() && !lock.get().key().equals(base.resolution().key())) {
            throw new RecipeException(
                    "recipe.lock.changed",
                    ErrorKind.FAILED,
                    "The base of " + recipe.id() + " is no longer what was locked.",
                    "locked: " + lock.get().summary() + ", " + lock.get().key() + "; now: "
                            + base.resolution().summary() + ", "
                            + base.resolution().key(),
                    Remedy.advice(
                            "Lock it again: berth recipe lock " + lock.get().recipe()),
                    null);
        }
        List<ProvisioningStep> steps = steps(recipe, base.lacksPackages(recipe.base()));

        Map<String, String> keys = new LinkedHashMap<>();
        String resultKey = BuildJson.resultKey(base.resolution().key(), steps).toString();
        keys.put(ImageKeys.RECIPE, recipe.id());
        keys.put(ImageKeys.RECIPE_KEY, key(recipe));
        keys.put(ImageKeys.RESULT_KEY, resultKey);
        Optional<StoredImage> same = store.findByKey(ImageKeys.RESULT_KEY, resultKey);
        if (same.isPresent()) {
            progress.log("The image made from the same things before is taken.");
            return store.rename(same.get(), recipe.id(), keys, context);
        }

        LocalImageStore.Writing image = store.newWriter();
        FetchedRootfs fetched = base(base, image, context.with(progress.child(BASE_SHARE, "Fetching the base")));
        List<BuildCommand> commands = new ArrayList<>(BuildCommand.together(fetched.setup()));
        commands.addAll(BuildCommand.of(steps));
        requireExport(engine, commands, context);
        int share = Math.max(1, (100 - RESOLVE_SHARE - BASE_SHARE) / Math.max(1, commands.size()));
        List<LayerInfo> layers = new ArrayList<>(image.layers());
        for (BuildCommand command : commands) {
            Progress part = progress.child(share, command.title());
            layers.add(step(recipe, command, fetched.config(), layers, containers, context.with(part)));
        }
        progress.message("Finishing " + recipe.id());
        return store.publish(
                fetched.config(), layers, Instant.now().truncatedTo(ChronoUnit.MILLIS), recipe.id(), keys, context);
    }

    private static String cost(RootfsResolution base) {
        StringBuilder text = new StringBuilder();
        if (base.downloadBytes() > 0) {
            text.append("; to download: ").append(megabytes(base.downloadBytes()));
        }
        if (base.installedBytes() > 0) {
            text.append("; unpacked: ").append(megabytes(base.installedBytes()));
        }
        return text.toString();
    }

    private static String megabytes(long bytes) {
        return (bytes + (1 << 20) - 1 >> 20) + " MiB";
    }

    private static void requireExport(ContainerEngine engine, List<BuildCommand> commands, TaskContext context)
            throws EngineException, InterruptedException {
        EngineReport report = engine.probe(context);
        if (!commands.isEmpty() && !report.can(EngineCapability.EXPORT_CHANGES)) {
            throw new EngineException(
                    "engine.build",
                    ErrorKind.MISSING,
                    engine.title() + " cannot build images here: "
                            + (report.usable() ? "it cannot hand over what a container changed." : report.summary()),
                    "",
                    Remedy.NONE,
                    null);
        }
    }

    /** The base's layers, from the cache or from its source. Builds of other recipes may want the same one. */
    private FetchedRootfs base(Sources.Resolved base, LocalImageStore.Writing image, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Digest key = BuildJson.baseKey(base.resolution().key());
        Runnable waiting = () -> context.progress().message("Waiting for another Berth that fetches the same base");
        try (HomeLock lock = HomeLock.acquire(home.locks().resolve("base-" + key.hex() + ".lock"), waiting, context)) {
            Optional<BuildRecords.Made> known = cached(key);
            if (known.isPresent()) {
                for (LayerInfo layer : known.get().layers()) {
                    image.add(layer);
                }
                context.progress().log("The base is there already.");
                return BuildJson.readBase(known.get().detail());
            }
            FetchedRootfs fetched = base.source().fetch(base.resolution(), image.writer(), context);
            store.records().keep(key, image.layers(), BuildJson.write(fetched));
            return fetched;
        }
    }

    private LayerInfo step(
            Recipe recipe,
            BuildCommand command,
            ImageConfig config,
            List<LayerInfo> parent,
            BuildContainer containers,
            TaskContext context)
            throws BerthException, InterruptedException {
        Digest key = BuildJson.stepKey(parent, command.steps());
        Optional<BuildRecords.Made> known =
                cached(key).filter(made -> made.layers().size() == 1);
        if (known.isPresent()) {
            context.progress().log(command.title() + ": made before.");
            return known.get().layers().get(0);
        }
        context.progress().start(0, Unit.PARTS, command.title());
        LayerInfo layer =
                containers.run(command, store.partial(config, parent, recipe.id()), config, store.newWriter(), context);
        store.records().keep(key, List.of(layer), BuildJson.nothing());
        return layer;
    }

    private Optional<BuildRecords.Made> cached(Digest key) {
        return store.records().find(key).filter(made -> made.layers().stream().allMatch(store::hasLayer));
    }
}
