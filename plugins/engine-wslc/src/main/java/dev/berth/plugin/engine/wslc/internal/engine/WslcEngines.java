/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.engine.ContainerEngine;
import java.nio.file.Path;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Publishes the engine. It is there on every host: where WSL containers cannot be had, it says why. The settings are read
 * from {@code settings/engine-wslc.json} in the Berth home when the engine starts:
 *
 * <pre>{"command": "C:\\Program Files\\WSL\\wslc.exe", "session": "", "gpu": true}</pre>
 */
@Component(
        service = {},
        immediate = true)
public final class WslcEngines {

    private final WslcEngine engine;
    private final ServiceRegistration<ContainerEngine> registration;

    /** For the framework. */
    @Activate
    public WslcEngines(BundleContext context) {
        Path home = Path.of(Objects.requireNonNull(context.getProperty("berth.home"), "berth.home"));
        engine = new WslcEngine(
                EngineSettings.read(home.resolve("settings/engine-wslc.json")),
                HostFacts.here(),
                home.resolve("cache/engine-wslc"));
        registration =
                Objects.requireNonNull(context.registerService(ContainerEngine.class, engine, null), "registration");
    }

    /** For the framework. */
    @Deactivate
    void stop() {
        registration.unregister();
        engine.close();
    }
}
