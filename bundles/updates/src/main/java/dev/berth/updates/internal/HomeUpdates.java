/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.updates.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.updates.Release;
import dev.berth.updates.SoftwareUpdates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The updates of one home. */
@Component(service = SoftwareUpdates.class)
public final class HomeUpdates implements SoftwareUpdates {

    /** Clocks differ by less; a list from further ahead would keep all later ones out. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final Path folder;
    private final Path lock;
    private final Path install;
    private final SettingsStore settings;
    private final Trees trees;

    /** For the framework. */
    @Activate
    public HomeUpdates(BundleContext context, @Reference BerthHome home, @Reference SettingsStore settings) {
        this(home, settings, Path.of(Objects.requireNonNull(context.getProperty("berth.install"))));
    }

    HomeUpdates(BerthHome home, SettingsStore settings, Path install) {
        this.settings = settings;
        this.install = install;
        folder = home.root().resolve("updates");
        lock = home.locks().resolve("updates");
        trees = new Trees(folder, install);
    }

    @Override
    public void site(@Nullable String address, @Nullable String key) throws BerthException {
        Map<String, Object> changes = new HashMap<>(settings.page(PAGE));
        if (address != null) {
            changes.put(ADDRESS, address.strip());
        }
        if (key != null) {
            changes.put(KEY, key);
        }
        if (!text(changes, ADDRESS).isEmpty()) {
            var unused = new UpdateSite(text(changes, ADDRESS), text(changes, KEY));
        }
        settings.update(PAGE, changes);
    }

    private static String text(Map<String, Object> page, String key) {
        return Objects.toString(page.get(key), "").strip();
    }

    @Override
    public Release check(TaskContext context) throws BerthException, InterruptedException {
        try (HomeLock ignored = HomeLock.acquire(lock, () -> waiting(context), context)) {
            ReleaseList list = offered(site(), context);
            return release(list, list.without(trees.here(list)));
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }

    @Override
    public Release take(TaskContext context) throws BerthException, InterruptedException {
        try (HomeLock ignored = HomeLock.acquire(lock, () -> waiting(context), context)) {
            UpdateSite site = site();
            ReleaseList list = offered(site, context);
            checkLauncher(list);
            Map<String, Path> here = trees.here(list);
            List<ReleaseList.Item> missing = list.without(here);
            Release release = release(list, missing);
            if (release.newer()) {
                context.progress().start(release.downloadBytes(), Unit.BYTES, "Downloading Berth " + list.version());
                trees.fetch(missing, site, context);
                context.progress().message("Putting Berth " + list.version() + " together");
                trees.assemble(list, here);
                trees.choose(list);
            }
            return release;
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }

    private static void waiting(TaskContext context) {
        context.progress().message("Waiting for another Berth that updates this home");
    }

    private Release release(ReleaseList list, List<ReleaseList.Item> missing) throws IOException {
        boolean newer = !trees.build(trees.next()).equals(list.build());
        long bytes = missing.stream().mapToLong(ReleaseList.Item::size).sum();
        return new Release(list.version(), list.build(), list.issued(), newer, newer ? bytes : 0);
    }

    private UpdateSite site() throws BerthException {
        Map<String, Object> page = settings.page(PAGE);
        String address = text(page, ADDRESS);
        if (address.isEmpty()) {
            throw Problems.invalid(
                    "update.off",
                    "Updates are off: no update site is set.",
                    "Name one with its key: berth update --site ADDRESS --key KEY",
                    null);
        }
        return new UpdateSite(address, text(page, KEY));
    }

    /** Returns the site's list, which is signed and no older than the newest that this home has seen. */
    private ReleaseList offered(UpdateSite site, TaskContext context)
            throws BerthException, InterruptedException, IOException {
        ReleaseList list = ReleaseList.parse(site.list(context));
        Path newest = folder.resolve("newest");
        Optional<Instant> seen = instant(newest);
        if (seen.isPresent() && list.issued().isBefore(seen.get())) {
            throw Problems.refused(
                    "The update site " + site + " offers a Berth of " + list.issued()
                            + ", and this home has seen one of " + seen.get() + " there.",
                    null);
        }
        if (list.issued().isAfter(Instant.now().plus(AHEAD))) {
            throw Problems.refused(
                    "The update site " + site + " offers a Berth of " + list.issued()
                            + ", which is in the future. Is the clock of this machine right?",
                    null);
        }
        if (seen.isEmpty() || list.issued().isAfter(seen.get())) {
            Files.createDirectories(folder);
            AtomicFiles.write(newest, list.issued() + "\n");
        }
        return list;
    }

    private static Optional<Instant> instant(Path file) {
        try {
            return Optional.of(Instant.parse(Files.readString(file).strip()));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private void checkLauncher(ReleaseList list) throws BerthException, IOException {
        for (Map.Entry<String, ReleaseList.Item> file : list.launcher().entrySet()) {
            if (!Digests.matches(install.resolve(file.getKey()), file.getValue())) {
                throw Problems.invalid(
                        "update.package",
                        "Berth " + list.version() + " has another launcher (" + file.getKey()
                                + "), which an update does not replace.",
                        "Install Berth " + list.version() + " from its package; the home stays as it is.",
                        null);
            }
        }
    }

    @Override
    public String goBack() throws BerthException, InterruptedException {
        try (HomeLock ignored = HomeLock.acquire(lock, () -> {}, TaskContext.silent())) {
            Path tree = trees.goBack()
                    .orElseThrow(() -> Problems.invalid(
                            "update.nothing", "There is no update to take back: Berth runs as installed.", "", null));
            return tree.equals(install) ? "" : String.valueOf(tree.getFileName());
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }
}
