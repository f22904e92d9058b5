/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.image.ImageContent;
import dev.berth.testkit.engine.ContainerEngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on this machine, as root, with the runtime that the engine chooses. */
class RuncEngineContractTest extends ContainerEngineContract {

    @TempDir
    static Path home;

    private static RuncEngine engine;
    private static ImageContent image;

    @BeforeAll
    static void prepare() throws Exception {
        engine = new RuncEngine(home.resolve("home"));
        image = BusyboxImage.make(home.resolve("image"));
    }

    @AfterAll
    static void leaveNothing() throws Exception {
        Leftovers.requireNone(engine, home);
    }

    @Override
    protected ContainerEngine engine() {
        return engine;
    }

    @Override
    protected ContainerEngine otherProcess() {
        return new RuncEngine(home.resolve("home"));
    }

    @Override
    protected ImageContent image() {
        return image;
    }
}
