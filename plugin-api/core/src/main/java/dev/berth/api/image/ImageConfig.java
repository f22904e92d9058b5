/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an image says about the processes to be run in it (OCI image specification 1.1, image configuration,
 * {@code config}).
 *
 * @param environment {@code NAME=value} pairs as a map
 * @param entrypoint arguments put before {@code command}
 * @param command default arguments
 * @param workingFolder absolute path; {@code /} when the image names none
 * @param user {@code user}, {@code uid}, {@code user:group} or {@code uid:gid}; empty means root
 */
public record ImageConfig(
        Platform platform,
        Map<String, String> environment,
        List<String> entrypoint,
        List<String> command,
        String workingFolder,
        String user,
        Map<String, String> labels) {

    public ImageConfig {
        Objects.requireNonNull(platform, "platform");
        environment = Map.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        Objects.requireNonNull(workingFolder, "workingFolder");
        Objects.requireNonNull(user, "user");
        labels = Map.copyOf(labels);
    }

    /** A configuration that asks for nothing but the platform. */
    public static ImageConfig of(Platform platform) {
        return new ImageConfig(platform, Map.of(), List.of(), List.of(), "/", "", Map.of());
    }
}
