/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.plugin.engine.wslc.internal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the person set for this engine, in {@code settings/engine-wslc.json} of the Berth home.
 *
 * @param command the command {@code wslc} and what always stands behind it; empty to look for it
 * @param session the session to use; empty for the one of the command itself, which outlives Berth
 * @param gpu whether containers get the graphics processor
 * @param library where {@code wslcsdk.dll} is; empty to do without
 */
record EngineSettings(List<String> command, String session, boolean gpu, String library) {

    static final EngineSettings DEFAULT = new EngineSettings(List.of(), "", true, "");

    private static final Logger LOG = LoggerFactory.getLogger(EngineSettings.class);

    EngineSettings {
        command = List.copyOf(command);
    }

    static EngineSettings read(Path file) {
        if (!Files.isRegularFile(file)) {
            return DEFAULT;
        }
        try {
            Json json = Json.parse(Files.readString(file));
            Json command = json.get("command");
            List<String> words = command.items().isEmpty()
                    ? (command.text().isBlank()
                            ? List.of()
                            : List.of(command.text().strip()))
                    : command.items().stream().map(Json::text).toList();
            Json gpu = json.get("gpu");
            return new EngineSettings(
                    words,
                    json.get("session").text().strip(),
                    !gpu.present() || gpu.isTrue(),
                    json.get("library").text().strip());
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.getMessage());
            return DEFAULT;
        }
    }
}
