/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal;

import dev.berth.api.task.AnyThread;
import dev.berth.api.ui.settings.Setting;
import dev.berth.api.ui.settings.SettingsPage;
import dev.berth.api.ui.settings.SettingsSchema;
import dev.berth.api.ui.settings.SettingsValues;
import java.util.List;
import java.util.function.IntConsumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How terminals look and what they keep. */
@AnyThread
@Component(service = {SettingsPage.class, TerminalPreferences.class})
public final class TerminalPreferences implements SettingsPage {

    private static final String PAGE = "terminal";
    private static final int SMALLEST = 7;
    private static final int LARGEST = 40;
    private static final int DEFAULT_SIZE = 13;
    private static final int DEFAULT_KEPT = 10_000;
    private static final int MOST_KEPT = 200_000;

    private final SettingsValues values;
    private volatile int zoom;

    /** For the framework. */
    @Activate
    public TerminalPreferences(@Reference SettingsValues values) {
        this.values = values;
    }

    @Override
    public SettingsSchema schema() {
        TerminalTexts texts = new TerminalTexts();
        return new SettingsSchema(
                PAGE,
                texts.of("settings"),
                100,
                List.of(
                        new Setting.Number(
                                "fontSize",
                                texts.of("fontSize"),
                                texts.of("fontSizeHelp"),
                                DEFAULT_SIZE,
                                SMALLEST,
                                LARGEST,
                                "pt"),
                        new Setting.Number(
                                "kept", texts.of("kept"), texts.of("keptHelp"), DEFAULT_KEPT, 0, MOST_KEPT, "")));
    }

    int fontSize() {
        return Math.max(SMALLEST, Math.min(LARGEST, number("fontSize", DEFAULT_SIZE) + zoom));
    }

    int kept() {
        return Math.max(0, Math.min(MOST_KEPT, number("kept", DEFAULT_KEPT)));
    }

    /** Makes text larger or smaller until Berth ends. */
    void larger(int by, IntConsumer then) {
        zoom += by;
        then.accept(fontSize());
    }

    private int number(String key, int fallback) {
        return values.page(PAGE).get(key) instanceof Number number ? number.intValue() : fallback;
    }
}
