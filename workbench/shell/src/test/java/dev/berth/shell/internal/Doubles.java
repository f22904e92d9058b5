/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.image.Digest;
import dev.berth.api.image.Platform;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeBase;
import dev.berth.api.recipe.RecipeDocument;
import dev.berth.api.recipe.SessionDefaults;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.task.TaskContext;
import dev.berth.api.ui.theme.Theme;
import dev.berth.images.DiskUsage;
import dev.berth.images.ImageStore;
import dev.berth.images.PruneReport;
import dev.berth.images.RecipeBook;
import dev.berth.images.StoredImage;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.internal.JsonSettingsStore;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Themes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small doubles of services, and the real themes and icons. */
final class Doubles {

    private Doubles() {}

    static Icons icons() {
        Icons icons = new Icons();
        icons.add(name -> Doubles.class.getResource("/dev/berth/theme/icons/" + name));
        return icons;
    }

    static Themes themes() {
        Themes themes = new Themes();
        add(themes, "light", "Berth Light", false);
        add(themes, "dark", "Berth Dark", true);
        add(themes, "contrast", "High Contrast", true);
        return themes;
    }

    private static void add(Themes themes, String name, String title, boolean dark) {
        themes.add(new Theme(
                "dev.berth.theme." + name,
                title,
                dark,
                Doubles.class.getResource("/dev/berth/theme/" + name + "/theme.properties")));
    }

    static Recipe recipe(String id, String title, String description, long download, long installed) {
        return new Recipe(
                id,
                title,
                description,
                "",
                new RecipeBase(List.of(RootfsReference.parse("debian:bookworm")), List.of(), false, Map.of()),
                List.of(),
                new SessionDefaults("user", List.of("xfce4-session"), Map.of(), "rfb", "xvnc", 1280, 800, 0, 0, "none"),
                download,
                installed);
    }

    static RecipeBook recipes() {
        List<Recipe> all = List.of(
                recipe(
                        "debian-xfce",
                        "Debian 12 with XFCE",
                        "A complete, light desktop: terminal, file manager, browser and sound. A good first choice.",
                        330L << 20,
                        1_250L << 20),
                recipe(
                        "debian-minimal",
                        "Debian 12, minimal",
                        "A window manager and a terminal, for quick experiments and tests.",
                        120L << 20,
                        410L << 20));
        return new RecipeBook() {
            @Override
            public List<Recipe> recipes() {
                return all;
            }

            @Override
            public Optional<Recipe> find(String id) {
                return all.stream().filter(recipe -> recipe.id().equals(id)).findFirst();
            }

            @Override
            public Optional<RecipeDocument> document(String id) {
                return Optional.empty();
            }

            @Override
            public Recipe read(RecipeDocument document) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<String> lint(RecipeDocument document) {
                return List.of();
            }
        };
    }

    /** The real store in a folder. */
    static SettingsStore settings(Path home) {
        return new JsonSettingsStore(new BerthHome(home));
    }

    /** Two images that share a base. */
    static ImageStore images() {
        StoredImage xfce = image("debian-xfce", 'a', 1_250L << 20);
        StoredImage minimal = image("debian-minimal", 'b', 410L << 20);
        return new ImageStore() {
            private long cache = 96L << 20;

            @Override
            public List<StoredImage> images() {
                return List.of(xfce, minimal);
            }

            @Override
            public Optional<StoredImage> find(String nameOrDigest) {
                return images().stream()
                        .filter(image -> image.names().contains(nameOrDigest))
                        .findFirst();
            }

            @Override
            public OpenImage open(Digest digest) {
                throw new UnsupportedOperationException();
            }

            @Override
            public StoredImage derive(Digest base, String name, String title, LayerContent layer, TaskContext context) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void remove(String nameOrDigest, InUse inUse, TaskContext context) {
                throw new UnsupportedOperationException();
            }

            @Override
            public PruneReport prune(boolean dryRun, InUse inUse, TaskContext context) {
                long freed = cache;
                if (!dryRun) {
                    cache = 0;
                }
                return new PruneReport(freed, List.of("96 MiB of downloads"));
            }

            @Override
            public DiskUsage usage(TaskContext context) {
                return new DiskUsage(
                        1_660L << 20,
                        2_100L << 20,
                        cache,
                        List.of(
                                new DiskUsage.ImageUsage(xfce, 980L << 20, 270L << 20),
                                new DiskUsage.ImageUsage(minimal, 140L << 20, 270L << 20)));
            }

            @Override
            public List<String> cleanUp(TaskContext context) {
                return List.of();
            }
        };
    }

    private static StoredImage image(String name, char digit, long size) {
        return new StoredImage(
                List.of(name),
                Digest.parse("sha256:" + String.valueOf(digit).repeat(64)),
                new Platform("linux", "amd64", ""),
                size,
                Instant.parse("2026-11-20T09:00:00Z"),
                name);
    }
}
