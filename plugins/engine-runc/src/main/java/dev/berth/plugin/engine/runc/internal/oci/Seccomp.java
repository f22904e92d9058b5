/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.oci;

import dev.berth.api.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The default seccomp profile as {@code linux.seccomp} of the OCI runtime specification. */
final class Seccomp {

    private static final String RESOURCE = "seccomp-default.txt";

    private Seccomp() {}

    /** The profile for this host's processor, read from the plugin's data. */
    static Map<String, Object> profile() throws IOException {
        try (InputStream in = Objects.requireNonNull(Seccomp.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return profile(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    Platform.host().architecture());
        }
    }

    static Map<String, Object> profile(String rules, String architecture) {
        List<String> architectures = new ArrayList<>();
        List<String> allowed = new ArrayList<>();
        List<Map<String, Object>> conditional = new ArrayList<>();
        for (String line : rules.lines().toList()) {
            List<String> words = line.isBlank() || line.startsWith("#")
                    ? List.of()
                    : List.of(line.strip().split("\\s+"));
            if (words.isEmpty()) {
                continue;
            }
            switch (words.get(0)) {
                case "arch" -> {
                    if (words.get(1).equals(architecture)) {
                        architectures.addAll(words.subList(2, words.size()));
                    }
                }
                case "allow" -> allowed.addAll(words.subList(1, words.size()));
                case "allow-on" -> {
                    if (words.get(1).equals(architecture)) {
                        allowed.addAll(words.subList(2, words.size()));
                    }
                }
                case "allow-if" ->
                    conditional.add(rule(
                            List.of(words.get(4)),
                            Json.object(
                                    "index", Integer.parseInt(words.get(1)),
                                    "value", Long.parseLong(words.get(3)),
                                    "op", "SCMP_CMP_" + words.get(2))));
                case "allow-masked" ->
                    conditional.add(rule(
                            List.of(words.get(4)),
                            Json.object(
                                    "index", Integer.parseInt(words.get(1)),
                                    "value", Long.parseLong(words.get(2)),
                                    "valueTwo", Long.parseLong(words.get(3)),
                                    "op", "SCMP_CMP_MASKED_EQ")));
                case "errno" ->
                    conditional.add(Json.object(
                            "names", words.subList(2, words.size()),
                            "action", "SCMP_ACT_ERRNO",
                            "errnoRet", Integer.parseInt(words.get(1))));
                default -> throw new IllegalStateException("not a seccomp rule: " + line);
            }
        }
        List<Map<String, Object>> calls = new ArrayList<>();
        calls.add(Json.object("names", allowed, "action", "SCMP_ACT_ALLOW"));
        calls.addAll(conditional);
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("defaultAction", "SCMP_ACT_ERRNO");
        profile.put("defaultErrnoRet", 1);
        if (!architectures.isEmpty()) {
            profile.put("architectures", architectures);
        }
        profile.put("syscalls", calls);
        return profile;
    }

    private static Map<String, Object> rule(List<String> names, Map<String, Object> argument) {
        return Json.object("names", names, "action", "SCMP_ACT_ALLOW", "args", List.of(argument));
    }
}
