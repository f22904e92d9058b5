/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.Platform;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An image configuration (OCI image specification 1.1, "Image Configuration"). */
record Configuration(ImageConfig image, List<Digest> diffIds) {

    /** @throws RootfsException if it is malformed, for another platform, or of another number of layers */
    static Configuration read(byte[] bytes, Platform platform, int layers) throws RootfsException {
        try {
            JsonNode root = JsonMapper.shared().readTree(bytes);
            String os = root.path("os").asString("");
            String architecture = root.path("architecture").asString("");
            if (!os.equals(platform.os()) || !architecture.equals(platform.architecture())) {
                throw Failures.invalid(
                        "rootfs.oci.platform",
                        "The image is for " + os + "/" + architecture + ", not " + platform + ".");
            }
            List<Digest> diffIds = new ArrayList<>();
            for (String each : texts(root.path("rootfs").path("diff_ids"))) {
                diffIds.add(Digest.parse(each));
            }
            if (diffIds.size() != layers) {
                throw new IllegalArgumentException(diffIds.size() + " for " + layers + " layers");
            }
            JsonNode config = root.path("config");
            Map<String, String> environment = new LinkedHashMap<>();
            for (String each : texts(config.path("Env"))) {
                int equals = each.indexOf('=');
                if (equals > 0) {
                    environment.put(each.substring(0, equals), each.substring(equals + 1));
                }
            }
            Map<String, String> labels = new LinkedHashMap<>();
            config.path("Labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString("")));
            String folder = config.path("WorkingDir").asString("");
            return new Configuration(
                    new ImageConfig(
                            platform,
                            environment,
                            texts(config.path("Entrypoint")),
                            texts(config.path("Cmd")),
                            folder.isEmpty() ? "/" : folder,
                            config.path("User").asString(""),
                            labels),
                    List.copyOf(diffIds));
        } catch (JacksonException | IllegalArgumentException e) {
            throw Failures.failed("rootfs.oci.config", "The configuration of the image is malformed.", e);
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array) {
            texts.add(each.asString(""));
        }
        return texts;
    }
}
