/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.image.ImageContent;
import dev.berth.plugin.engine.docker.internal.transport.SocketTransport;
import dev.berth.testkit.engine.ContainerEngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract with Podman's service on its unix socket, on this machine. */
@Tag("long")
class LocalPodmanContractTest extends ContainerEngineContract {

    @TempDir
    static Path home;

    private static PodmanService podman;
    private static DockerEngine engine;
    private static DockerEngine other;
    private static ImageContent image;

    @BeforeAll
    static void prepare() throws Exception {
        podman = PodmanService.start(home);
        engine = new DockerEngine("docker", "Podman", 50, SocketTransport.unix(podman.socket()));
        other = new DockerEngine("docker", "Podman", 50, SocketTransport.unix(podman.socket()));
        image = BusyboxImage.make(home.resolve("image"));
    }

    @AfterAll
    static void leaveNothing() throws Exception {
        engine.close();
        other.close();
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
