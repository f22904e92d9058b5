/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.engine.ContainerSpec;
import dev.berth.api.engine.EngineImage;
import dev.berth.api.engine.Mount;
import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.engine.Resources;
import dev.berth.api.image.Digest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreateArgumentsTest {

    private static ContainerSpec.Builder spec() {
        EngineImage image = new EngineImage("wslc", "localhost/berth:aa", Digest.sha256("a".repeat(64)));
        return ContainerSpec.builder("desk", image, Path.of("f"), Path.of("r")).environment("TZ", "UTC");
    }

    @Test
    void saysAllThatWasAskedFor() {
        ContainerSpec spec = spec().command(List.of("/bin/sh", "-c", "echo \"a b\""))
                .environment("A", "1 \"2\"")
                .user("1000:1000")
                .workingFolder("/tmp")
                .hostname("harbour")
                .mount(Mount.bind("C:\\Users\\Jörg M", "/host", true))
                .mount(new Mount(Mount.Kind.VOLUME, "home", "/home", false, 0))
                .mount(new Mount(Mount.Kind.TMPFS, "", "/fast", true, 4096))
                .resources(new Resources(512L << 20, 1.5, 100))
                .network(new NetworkSpec(NetworkSpec.Kind.NAMED, "lan"))
                .port(new PortMapping(0, 80))
                .port(new PortMapping(8443, 443))
                .label("x", "y z")
                .build();
        assertThat(String.join("|", new CreateArguments(spec).list(true)))
                .isEqualTo("create|--name|berth-desk|--hostname|harbour|--shm-size|1g|--gpus|all|--label|x=y z"
                        + "|--label|dev.berth.container=desk|--env|A=1 \"2\"|--env|TZ=UTC|--user|1000:1000"
                        + "|--workdir|/tmp|--memory|536870912b|--cpus|1.500|--network|berth-lan|--network-alias|desk"
                        + "|--publish|127.0.0.1::80|--publish|127.0.0.1:8443:443"
                        + "|--volume|C:\\Users\\Jörg M:/host:ro|--volume|home:/home|--tmpfs|/fast:size=4096,ro"
                        + "|--entrypoint|/bin/sh|localhost/berth:aa|-c|echo \"a b\"");
    }

    @Test
    void saysNoMoreThanNeeded() {
        ContainerSpec spec = spec().network(NetworkSpec.NONE).build();
        assertThat(String.join("|", new CreateArguments(spec).list(false)))
                .isEqualTo("create|--name|berth-desk|--hostname|desk|--shm-size|1g"
                        + "|--label|dev.berth.container=desk|--env|TZ=UTC|--network|none|localhost/berth:aa");
    }
}
