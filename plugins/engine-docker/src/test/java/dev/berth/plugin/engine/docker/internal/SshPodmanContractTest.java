/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.image.ImageContent;
import dev.berth.testkit.engine.ContainerEngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract over SSH, on a host that only the network of a test leads to. */
@Tag("long")
class SshPodmanContractTest extends ContainerEngineContract {

    @TempDir
    static Path home;

    private static PodmanService podman;
    private static SshHost host;
    private static DockerEngine engine;
    private static DockerEngine other;
    private static ImageContent image;

    @BeforeAll
    static void prepare() throws Exception {
        podman = PodmanService.start(home);
        host = new SshHost(home.resolve("ssh"));
        engine = new DockerEngine("docker", "Podman", 50, host.transport(podman.socket()));
        other = new DockerEngine("docker", "Podman", 50, host.transport(podman.socket()));
        image = BusyboxImage.make(home.resolve("image"));
    }

    @AfterAll
    static void leaveNothing() throws Exception {
        engine.close();
        other.close();
        host.close();
        podman.close();
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
