/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways to an engine as Docker's client finds them. */
class EngineAddressTest {

    @TempDir
    Path home;

    private String way(Map<String, String> environment) throws IOException {
        return new EngineAddress(environment, home).standard().describe();
    }

    private void context(String name, String host) throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        Path folder =
                Files.createDirectories(home.resolve(".docker/contexts/meta").resolve(hash));
        Files.writeString(
                folder.resolve("meta.json"),
                "{\"Name\":\"" + name + "\",\"Endpoints\":{\"docker\":{\"Host\":\"" + host + "\"}}}");
    }

    @Test
    void followsDockersOrder() throws Exception {
        context("lab", "ssh://me@lab:2222");
        context("other", "tcp://other:1234");
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"lab\"}");
        assertThat(way(Map.of())).isEqualTo("ssh://me@lab:2222");
        assertThat(way(Map.of("DOCKER_CONTEXT", "other"))).isEqualTo("tcp://other:1234");
        assertThat(way(Map.of("DOCKER_HOST", "unix:///x/y.sock", "DOCKER_CONTEXT", "other")))
                .isEqualTo("unix:///x/y.sock");
        assertThat(way(Map.of("DOCKER_HOST", "tcp://h", "DOCKER_TLS_VERIFY", "1")))
                .isEqualTo("tcp://h:2376 with TLS");
        assertThat(way(Map.of("DOCKER_CONTEXT", "default"))).startsWith("unix://");
        assertThatThrownBy(() -> way(Map.of("DOCKER_CONTEXT", "none"))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "ftp://x",
                "ssh://-oProxyCommand=x",
                "ssh://-l@x",
                "tcp:",
                "ssh://a:b@c",
                "unix x"
            })
    void refusesWhatIsNoAddress(String address) {
        assertThatThrownBy(() -> new EngineAddress(Map.of(), home).parse(address))
                .isInstanceOf(IOException.class);
    }

    @Test
    void listsHostsOfItsOwn() throws Exception {
        Path settings = home.resolve("engine-docker.json");
        Files.writeString(
                settings,
                "{\"hosts\":[{\"id\":\"office\",\"title\":\"Office\",\"host\":\"ssh://me@office\"},{\"id\":\"docker\"},"
                        + "{\"id\":\"cmd\",\"command\":[\"cat\"]},{\"id\":\"broken\",\"host\":\"nonsense\"}]}");
        List<DockerEngine> engines = DockerEngines.engines(new EngineAddress(Map.of(), home), settings);
        assertThat(engines).extracting(DockerEngine::id).containsExactly("docker", "office", "cmd", "broken");
        assertThat(engines).extracting(DockerEngine::title).contains("Office");
        Files.writeString(settings, "{");
        assertThat(DockerEngines.engines(new EngineAddress(Map.of(), home), settings))
                .hasSize(1);
    }
}
