/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.settings;

import dev.berth.api.ui.settings.Setting;
import dev.berth.api.ui.settings.SettingsPage;
import dev.berth.api.ui.settings.SettingsSchema;
import dev.berth.canvas.ScaleMode;
import dev.berth.shell.internal.kit.Icons;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.kit.Themes;
import dev.berth.shell.internal.model.CommandRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/** The window's own pages of settings. */
public final class OwnPages {

    private OwnPages() {}

    /** How the window looks and behaves. */
    public static SettingsPage workbench(Themes themes) {
        return () -> new SettingsSchema(
                Preferences.WORKBENCH,
                Texts.of("settings.workbench"),
                100,
                List.of(
                        new Setting.Choice(
                                "theme",
                                Texts.of("settings.theme"),
                                Texts.of("settings.themeHelp"),
                                Themes.SYSTEM,
                                themeOptions(themes)),
                        new Setting.Text(
                                "accent",
                                Texts.of("settings.accent"),
                                Texts.of("settings.accentHelp"),
                                "",
                                "|#[0-9A-Fa-f]{6}"),
                        new Setting.Choice(
                                "scale",
                                Texts.of("settings.scale"),
                                Texts.of("settings.scaleHelp"),
                                "100",
                                IntStream.of(75, 90, 100, 110, 125, 150, 175, 200, 225, 250)
                                        .mapToObj(it -> new Setting.Option(String.valueOf(it), it + " %"))
                                        .toList()),
                        new Setting.Choice(
                                "language",
                                Texts.of("settings.language"),
                                Texts.of("settings.languageHelp"),
                                "",
                                languages()),
                        new Setting.Flag(
                                "restore", Texts.of("settings.restore"), Texts.of("settings.restoreHelp"), true),
                        new Setting.Flag(
                                "doubleShift",
                                Texts.of("settings.doubleShift"),
                                Texts.of("settings.doubleShiftHelp"),
                                true)));
    }

    /** Each in its own words, so that it is found by those who speak it. */
    private static List<Setting.Option> languages() {
        List<Setting.Option> options = new ArrayList<>();
        options.add(new Setting.Option("", Texts.of("settings.languageSystem")));
        for (Locale language : Texts.LANGUAGES) {
            options.add(new Setting.Option(language.toLanguageTag(), language.getDisplayLanguage(language)));
        }
        return options;
    }

    private static List<Setting.Option> themeOptions(Themes themes) {
        List<Setting.Option> options = new ArrayList<>();
        options.add(new Setting.Option(Themes.SYSTEM, Texts.of("settings.themeSystem")));
        themes.all().forEach(theme -> options.add(new Setting.Option(theme.id(), theme.title())));
        return options;
    }

    /** How desktops are shown. */
    public static SettingsPage desktop() {
        return () -> new SettingsSchema(
                Preferences.DESKTOP,
                Texts.of("settings.desktop"),
                200,
                List.of(new Setting.Choice(
                        "mode",
                        Texts.of("settings.mode"),
                        Texts.of("settings.modeHelp"),
                        ScaleMode.FOLLOW.name(),
                        Arrays.stream(ScaleMode.values())
                                .map(mode -> new Setting.Option(
                                        mode.name(),
                                        Texts.of("toolbar." + mode.name().toLowerCase(Locale.ROOT))))
                                .toList())));
    }

    /** Which engine runs sessions, and how each of them does. */
    public static SettingsPage engines(Supplier<Map<String, String>> known, Supplier<JComponent> panel) {
        return new SettingsPage() {
            @Override
            public SettingsSchema schema() {
                List<Setting.Option> options = new ArrayList<>();
                options.add(new Setting.Option("", Texts.of("settings.engineBest")));
                known.get().forEach((id, title) -> options.add(new Setting.Option(id, title)));
                return new SettingsSchema(
                        Preferences.ENGINES,
                        Texts.of("settings.engines"),
                        250,
                        List.of(new Setting.Choice(
                                "preferred",
                                Texts.of("settings.engine"),
                                Texts.of("settings.engineHelp"),
                                "",
                                options)));
            }

            @Override
            public Optional<JComponent> extra() {
                return Optional.of(panel.get());
            }
        };
    }

    /** Shortcuts. */
    public static SettingsPage keys(CommandRegistry commands, Icons icons, BiConsumer<String, @Nullable String> save) {
        return new SettingsPage() {
            @Override
            public SettingsSchema schema() {
                return new SettingsSchema(Preferences.KEYS, Texts.of("settings.keys"), 300, List.of());
            }

            @Override
            public Optional<JComponent> extra() {
                return Optional.of(new KeysPanel(commands, icons, save));
            }
        };
    }
}
