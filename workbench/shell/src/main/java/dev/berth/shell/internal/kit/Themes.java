/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatPropertiesLaf;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.edt.Edt;
import dev.berth.api.ui.theme.Theme;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.swing.UIManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The themes that bundles contribute, and the one that is on. */
public final class Themes {

    /** Stands for the theme that goes with the system's tone. */
    public static final String SYSTEM = "system";

    private static final Logger log = LoggerFactory.getLogger(Themes.class);

    private final Map<String, Theme> themes = new ConcurrentHashMap<>();
    private String wanted = SYSTEM;
    private boolean systemDark;
    private @Nullable Theme current;
    private String accent = "";
    private int scale = 100;
    private boolean stale;

    /** Adds a theme. Any thread. */
    public void add(Theme theme) {
        themes.put(theme.id(), theme);
    }

    /** Takes a theme away; another is put on if it is on. Any thread. */
    public void remove(Theme theme) {
        themes.remove(theme.id(), theme);
        Edt.runLater(() -> {
            if (theme.equals(current)) {
                apply(wanted, systemDark);
            }
        });
    }

    /** All themes, by title. Any thread. */
    public List<Theme> all() {
        return themes.values().stream()
                .sorted(Comparator.comparing(Theme::title))
                .toList();
    }

    /** The id that was asked for: a theme's, or {@link #SYSTEM}. */
    @OnEdt
    public String wanted() {
        return wanted;
    }

    /** Whether the system was dark when last asked. */
    @OnEdt
    public boolean systemDark() {
        return systemDark;
    }

    /**
     * Sets what counts in every theme, from the next {@link #apply} on.
     *
     * @param colour of what is chosen or pressed, as {@code #rrggbb}; empty for the theme's own
     * @param percent of the size that fonts have on this system
     */
    @OnEdt
    public void look(String colour, int percent) {
        if (accent.equals(colour) && scale == percent) {
            return;
        }
        accent = colour.matches("#[0-9A-Fa-f]{6}") ? colour : "";
        scale = Math.max(75, Math.min(250, percent));
        Map<String, String> extra = new HashMap<>();
        if (!accent.isEmpty()) {
            extra.put("@accentColor", accent);
            extra.put("Button.default.background", accent);
            extra.put("Button.default.borderColor", accent);
        }
        if (scale != 100) {
            extra.put("defaultFont", scale + "%");
        }
        FlatLaf.setGlobalExtraDefaults(extra);
        stale = true;
    }

    /**
     * Puts a theme on.
     *
     * @param id a theme's, or {@link #SYSTEM}; an unknown one counts as {@link #SYSTEM}
     * @param dark whether the system is dark
     */
    @OnEdt
    public void apply(String id, boolean dark) {
        wanted = id;
        systemDark = dark;
        Optional<Theme> chosen = Optional.ofNullable(themes.get(id))
                .or(() -> all().stream().filter(theme -> theme.dark() == dark).findFirst())
                .or(() -> all().stream().findFirst());
        if (chosen.isPresent() && chosen.get().equals(current) && !stale) {
            return;
        }
        chosen.ifPresentOrElse(this::put, () -> log.warn("There is no theme; the window looks plain"));
    }

    private void put(Theme theme) {
        try (InputStream properties = theme.properties().openStream()) {
            boolean first = current == null;
            stale = false;
            UIManager.setLookAndFeel(new FlatPropertiesLaf(theme.title(), properties));
            current = theme;
            if (!first) {
                FlatLaf.updateUI();
            }
        } catch (IOException | javax.swing.UnsupportedLookAndFeelException | RuntimeException e) {
            log.warn("The theme {} is broken", theme.id(), e);
            themes.remove(theme.id(), theme);
        }
    }
}
