/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.image.ImageContent;
import dev.berth.testkit.engine.ContainerEngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a fake {@code wslc}. It says nothing about the real one. */
@Tag("long")
class FakeWslcContractTest extends ContainerEngineContract {

    @TempDir
    static Path home;

    private static FakeWslc fake;
    private static WslcEngine engine;
    private static WslcEngine other;
    private static ImageContent image;

    @BeforeAll
    static void prepare() throws Exception {
        fake = FakeWslc.start(home, true);
        engine = fake.engine("");
        // Another process without a graphics processor: it does without.
        other = fake.engine("no-gpu");
        image = BusyboxImage.make(home.resolve("image"));
    }

    @AfterAll
    static void leaveNothing() throws Exception {
        engine.close();
        other.close();
        fake.close();
    }

    @Override
    protected ContainerEngine engine() {
        return engine;
    }

    @Override
    protected ContainerEngine otherProcess() {
        return other;
    }

    @Override
    protected ImageContent image() {
        return image;
    }
}
