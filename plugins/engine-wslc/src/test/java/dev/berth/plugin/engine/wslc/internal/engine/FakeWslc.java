/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A fake command {@code wslc} whose containers really run, through a Podman service of its own. */
final class FakeWslc implements AutoCloseable {

    private final Path folder;
    private final PodmanService podman;
    private final Path script;

    private FakeWslc(Path folder, PodmanService podman, Path script) {
        this.folder = folder;
        this.podman = podman;
        this.script = script;
    }

    /** @param networks whether containers will have networks, whose rules are to be taken away at the end */
    static FakeWslc start(Path folder, boolean networks) throws Exception {
        Path script = folder.resolve("fake-wslc.py");
        try (InputStream in = FakeWslc.class.getResourceAsStream("fake-wslc.py")) {
            Files.copy(java.util.Objects.requireNonNull(in), script);
        }
        return new FakeWslc(folder, PodmanService.start(folder, networks), script);
    }

    /** An engine on top of it; each has an object of its own and shares nothing but the fake. */
    WslcEngine engine(String lacks) {
        return new WslcEngine(
                new EngineSettings(command(script, podman.socket(), lacks), "", true, ""),
                new HostFacts("Linux", Map.of(), ":", name -> false),
                folder.resolve("scratch"));
    }

    /** The words of the command; its Podman need not be there for what does not ask it. */
    static List<String> command(Path script, Path socket, String lacks) {
        Path python = Path.of("/usr/bin/python3");
        return List.of(
                Files.exists(python) ? python.toString() : "python3",
                "-IS",
                script.toString(),
                socket.toString(),
                lacks);
    }

    @Override
    public void close() throws Exception {
        podman.close();
    }
}
