/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.view;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.AnyThread;
import dev.berth.api.task.Registration;
import dev.berth.api.ui.edt.Edt;
import dev.berth.plugins.PluginManager;
import dev.berth.shell.internal.kit.Texts;
import dev.berth.shell.internal.model.Background;
import dev.berth.shell.internal.model.Conduct;
import dev.berth.shell.internal.model.Notice;
import dev.berth.shell.internal.model.Notices;
import java.util.Optional;
import java.util.function.Consumer;

/** Switches off plugins that fail again and again, and tells the person, who may switch them on again. */
@AnyThread
final class PluginCare {

    private final PluginManager plugins;
    private final Conduct conduct;
    private final Background background;
    private final Notices notices;
    private final Consumer<BerthException> failed;

    PluginCare(
            PluginManager plugins,
            Conduct conduct,
            Background background,
            Notices notices,
            Consumer<BerthException> failed) {
        this.plugins = plugins;
        this.conduct = conduct;
        this.background = background;
        this.notices = notices;
        this.failed = failed;
    }

    Registration start() {
        return conduct.onExcess(this::switchOff);
    }

    private void switchOff(Conduct.History history) {
        background.ask(
                () -> {
                    plugins.enable(history.plugin(), false);
                    return true;
                },
                done -> tell("plugin.switchedOff", history, true),
                // One that was not installed, as an author's own or one of Berth's, stays.
                error -> tell("plugin.failsOften", history, false));
    }

    private void tell(String words, Conduct.History history, boolean off) {
        Edt.assertOnEdt();
        notices.add(Notice.failed(
                Texts.of(words, history.plugin(), history.last()),
                off
                        ? Optional.of(
                                new Notice.Action(Texts.of("plugin.switchOnAgain"), () -> switchOn(history.plugin())))
                        : Optional.empty()));
    }

    private void switchOn(String plugin) {
        conduct.forgive(plugin);
        background.ask(
                () -> {
                    plugins.enable(plugin, true);
                    return true;
                },
                done -> {},
                failed);
    }
}
