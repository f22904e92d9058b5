/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a distribution for WSL says of itself in {@code /etc/wsl-distribution.conf}, kept as labels of the image. */
final class WslConfiguration {

    private static final String LABEL = "dev.berth.wsl.";
    private static final Set<String> KEPT = Set.of("oobe.command", "oobe.defaultUid", "oobe.defaultName");
    private static final int LONGEST = 1000;

    private WslConfiguration() {}

    static Map<String, String> labels(byte[] file) {
        Map<String, String> labels = new HashMap<>();
        String section = "";
        for (String line : new String(file, StandardCharsets.UTF_8).split("\\R")) {
            String text = line.strip();
            int equals = text.indexOf('=');
            if (text.startsWith("[") && text.endsWith("]")) {
                section = text.substring(1, text.length() - 1).strip();
            } else if (equals > 0 && !text.startsWith("#")) {
                String key = section + "." + text.substring(0, equals).strip();
                String value = text.substring(equals + 1).strip();
                if (KEPT.contains(key) && value.length() <= LONGEST) {
                    labels.put(LABEL + key, value);
                }
            }
        }
        return labels;
    }
}
