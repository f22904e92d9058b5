/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal;

import dev.berth.api.ui.settings.Setting;
import dev.berth.api.ui.settings.SettingsPage;
import dev.berth.api.ui.settings.SettingsSchema;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The settings of the engine; it reads them when it starts. */
@Component
public final class WslcPage implements SettingsPage {

    @Override
    public SettingsSchema schema() {
        return new SettingsSchema(
                "engine-wslc",
                "WSL containers",
                100,
                List.of(
                        new Setting.Text(
                                "command",
                                "Command",
                                "Where wslc.exe is. Empty: where WSL puts it. Counts from Berth's next start.",
                                "",
                                ""),
                        new Setting.Text(
                                "session",
                                "Session",
                                "The session to use. Empty: the one of the command, which goes on when Berth ends.",
                                "",
                                "|[A-Za-z0-9][A-Za-z0-9 _.-]{0,62}"),
                        new Setting.Flag(
                                "gpu", "Graphics processor", "Containers may use it where there is one.", true),
                        new Setting.Text(
                                "library",
                                "Library",
                                "Where wslcsdk.dll is. Berth works without it; with it, doctor tells more.",
                                "",
                                "")));
    }
}
