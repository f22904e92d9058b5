/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.store;

import dev.berth.api.image.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the engine needs to know of an image.
 *
 * @param layers unpacked folders, lowest first
 * @param command entry point and command together
 */
public record ImageRecord(
        List<String> layers, Map<String, String> environment, List<String> command, String workingFolder, String user) {

    /** From the store's image. */
    public static ImageRecord of(ImageConfig config, List<String> layers) {
        List<String> command = new ArrayList<>(config.entrypoint());
        command.addAll(config.command());
        return new ImageRecord(
                List.copyOf(layers),
                config.environment(),
                command,
                config.workingFolder().startsWith("/") ? config.workingFolder() : "/",
                config.user());
    }

    /** Reads what {@link #put} wrote. */
    public static ImageRecord of(Fields fields) {
        return new ImageRecord(
                fields.list("image.layer"),
                fields.map("image.environment"),
                fields.list("image.command"),
                fields.get("image.workingFolder"),
                fields.get("image.user"));
    }

    /** Writes it among other fields. */
    public void put(Fields fields) {
        fields.setList("image.layer", layers)
                .setMap("image.environment", environment)
                .setList("image.command", command)
                .set("image.workingFolder", workingFolder)
                .set("image.user", user);
    }
}
