/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.Platform;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The modern distributions that Microsoft's manifest lists ({@code DistributionInfo.json}): what {@code wsl --install}
 * knows by name.
 */
record WslCatalogue(List<Distribution> distributions) {

    /**
     * A distribution.
     *
     * @param flavor the family, such as Ubuntu
     * @param standard whether it is the one that the flavor's name alone stands for
     * @param address where its file is, for the platform that was asked for
     * @param sha256 of the file
     */
    record Distribution(String flavor, String name, String title, boolean standard, URI address, Digest sha256) {}

    /** @throws RootfsException if it is malformed; entries without a file for the platform are left out */
    static WslCatalogue read(byte[] manifest, Platform platform) throws RootfsException {
        String key = switch (platform.architecture()) {
            case "amd64" -> "Amd64Url";
            case "arm64" -> "Arm64Url";
            default -> "none";
        };
        try {
            List<Distribution> all = new ArrayList<>();
            JsonNode flavors = JsonMapper.shared().readTree(manifest).path("ModernDistributions");
            for (Map.Entry<String, JsonNode> flavor : flavors.properties()) {
                for (JsonNode each : flavor.getValue()) {
                    JsonNode file = each.path(key);
                    if (file.isObject()) {
                        String sum = file.path("Sha256").asString("").toLowerCase(Locale.ROOT);
                        String name = each.path("Name").asString("");
                        all.add(new Distribution(
                                flavor.getKey(),
                                name,
                                each.path("FriendlyName").asString(name),
                                each.path("Default").asBoolean(false),
                                URI.create(file.path("Url").asString("")),
                                Digest.sha256(sum.startsWith("0x") ? sum.substring(2) : sum)));
                    }
                }
            }
            return new WslCatalogue(List.copyOf(all));
        } catch (JacksonException | IllegalArgumentException e) {
            throw Failures.failed("rootfs.wsl.manifest", "The list of distributions for WSL is malformed.", e);
        }
    }

    /** By its name, or the first choice of a flavor. */
    Optional<Distribution> find(String name) {
        Optional<Distribution> named = distributions.stream()
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
        return named.isPresent()
                ? named
                : distributions.stream()
                        .filter(each -> each.flavor().equalsIgnoreCase(name) && each.standard())
                        .findFirst();
    }
}
