/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.image.ImageContent;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.testkit.engine.ContainerEngineContract;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract as root with runc, which is taken where crun does not work. */
@Tag("long")
class RuncProgramContractTest extends ContainerEngineContract {

    @TempDir
    static Path home;

    private static ImageContent image;

    @BeforeAll
    static void prepare() throws Exception {
        image = BusyboxImage.make(home.resolve("image"));
    }

    @AfterAll
    static void leaveNothing() throws Exception {
        Leftovers.requireNone(new RuncProgramContractTest().engine(), home);
    }

    @Test
    void usesRunc() throws Exception {
        assertThat(engine().probe(context).version()).startsWith("runc ");
    }

    @Override
    protected RuncEngine engine() {
        return new RuncEngine(home.resolve("home"), () -> List.of(runc()));
    }

    private static Path runc() {
        return Commands.find("runc").orElseThrow(() -> new AssertionError("no runc"));
    }

    @Override
    protected ContainerEngine otherProcess() {
        return engine();
    }

    @Override
    protected ImageContent image() {
        return image;
    }
}
