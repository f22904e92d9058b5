/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeBase;
import dev.berth.api.recipe.RecipeDocument;
import dev.berth.api.recipe.SessionDefaults;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.theme.Theme;
import dev.berth.images.RecipeBook;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Themes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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
        for (String tone : List.of("light", "dark")) {
            themes.add(new Theme(
                    "dev.berth.theme." + tone,
                    "Berth " + (tone.equals("dark") ? "Dark" : "Light"),
                    tone.equals("dark"),
                    Doubles.class.getResource("/dev/berth/theme/" + tone + "/theme.properties")));
        }
        return themes;
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

    static SettingsStore settings() {
        Map<String, Map<String, Object>> pages = new ConcurrentHashMap<>();
        return new SettingsStore() {
            @Override
            public Map<String, Object> page(String page) {
                return pages.getOrDefault(page, Map.of());
            }

            @Override
            public void update(String page, Map<String, ?> changes) {
                Map<String, Object> merged = new HashMap<>(page(page));
                merged.putAll(changes);
                pages.put(page, merged);
            }

            @Override
            public Registration onChange(String page, Consumer<Map<String, Object>> listener) {
                return () -> {};
            }
        };
    }
}
