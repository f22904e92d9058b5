/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.recipe.Recipe;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.task.OnEdt;
import dev.berth.api.ui.settings.Setting;
import dev.berth.shell.internal.kit.KeyStrokes;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.CommandRegistry;
import dev.berth.shell.internal.model.SessionModel;
import dev.berth.shell.internal.model.SettingsPages;
import dev.berth.shell.internal.palette.PaletteItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the palette finds: commands that can run now, sessions, recipes, settings. */
@OnEdt
final class PaletteSource {

    private final WorkbenchFrame window;
    private final CommandRegistry commands;
    private final SettingsPages pages;
    private final SessionModel sessions;
    private List<Recipe> recipes = List.of();

    PaletteSource(WorkbenchFrame window, CommandRegistry commands, SettingsPages pages, SessionModel sessions) {
        this.window = window;
        this.commands = commands;
        this.pages = pages;
        this.sessions = sessions;
    }

    /** Recipes come from files; they are fetched ahead. */
    void prepare() {
        window.background().ask(window.services().recipes()::recipes, found -> recipes = found, error -> {});
    }

    List<PaletteItem> items() {
        List<PaletteItem> items = new ArrayList<>();
        for (SessionInfo session : sessions.sessions()) {
            items.add(new PaletteItem(
                    "session." + session.id(),
                    Texts.of("palette.session"),
                    session.name(),
                    Texts.of("state." + session.state().name().toLowerCase(Locale.ROOT)),
                    "",
                    window.icons().of("sessions"),
                    () -> window.show(session)));
        }
        for (CommandRegistry.Entry entry : commands.all()) {
            if (!entry.id().equals(ShellCommands.PALETTE) && commands.enabled(entry, window.context())) {
                items.add(new PaletteItem(
                        "command." + entry.id(),
                        Texts.of("palette.command"),
                        entry.title(),
                        "",
                        KeyStrokes.words(commands.shortcut(entry)),
                        window.icons().of(entry.icon()),
                        () -> window.context().runCommand(entry.id())));
            }
        }
        for (Recipe recipe : recipes) {
            items.add(new PaletteItem(
                    "recipe." + recipe.id(),
                    Texts.of("palette.recipe"),
                    Texts.of("palette.start", recipe.title()),
                    "",
                    "",
                    window.icons().of("start"),
                    () -> window.start(recipe)));
        }
        for (SettingsPages.Page page : pages.all()) {
            String title = page.schema().title();
            items.add(setting(page.schema().page(), title, Texts.of("settings.title"), ""));
            for (Setting setting : page.schema().settings()) {
                items.add(setting(page.schema().page(), setting.title(), title, setting.title()));
            }
        }
        prepare();
        return items;
    }

    private PaletteItem setting(String page, String title, String detail, String query) {
        return new PaletteItem(
                "setting." + page + "." + title,
                Texts.of("palette.setting"),
                title,
                detail,
                "",
                window.icons().of("settings"),
                () -> window.settings(page, query));
    }
}
