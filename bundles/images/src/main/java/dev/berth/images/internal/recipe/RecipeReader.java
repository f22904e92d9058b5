/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.recipe;

import dev.berth.api.image.ProvisioningStep;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.recipe.RecipeBase;
import dev.berth.api.recipe.SessionDefaults;
import dev.berth.api.rootfs.RootfsReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Turns a document that passed the schema into a recipe. */
final class RecipeReader {

    private RecipeReader() {}

    static Recipe read(JsonNode json) {
        JsonNode base = json.path("base");
        return new Recipe(
                json.path("id").asString(),
                json.path("title").asString(),
                text(json, "description", ""),
                text(json, "icon", ""),
                new RecipeBase(
                        strings(base.path("references")).stream()
                                .map(RootfsReference::parse)
                                .toList(),
                        strings(base.path("packages")),
                        base.path("recommends").asBoolean(false),
                        map(base.path("options"))),
                steps(json.path("steps")),
                session(json.path("session")),
                size(json.path("cost").path("download")),
                size(json.path("cost").path("installed")));
    }

    private static List<ProvisioningStep> steps(JsonNode json) {
        List<ProvisioningStep> steps = new ArrayList<>();
        for (JsonNode step : json) {
            String title = step.path("title").asString();
            boolean network = step.path("network").asBoolean(false);
            Map<String, String> environment = map(step.path("environment"));
            if (step.has("run")) {
                steps.add(new ProvisioningStep.Run(title, strings(step.path("run")), environment, network));
            } else if (step.has("script")) {
                List<String> command = List.of("/bin/sh", "-eu", "-c", lines(step.path("script")));
                steps.add(new ProvisioningStep.Run(title, command, environment, network));
            } else if (step.has("file")) {
                steps.add(file(title, step.path("file")));
            } else {
                steps.add(new ProvisioningStep.InstallPackages(
                        title,
                        strings(step.path("packages")),
                        step.path("recommends").asBoolean(false)));
            }
        }
        return steps;
    }

    private static ProvisioningStep file(String title, JsonNode file) {
        String owner = text(file, "owner", "0:0");
        int colon = owner.indexOf(':');
        return new ProvisioningStep.WriteFile(
                title,
                file.path("path").asString(),
                lines(file.path("content")),
                Integer.parseInt(text(file, "mode", "0644"), 8),
                Integer.parseInt(owner.substring(0, colon)),
                Integer.parseInt(owner.substring(colon + 1)));
    }

    private static SessionDefaults session(JsonNode json) {
        String size = text(json, "size", "1280x800");
        int by = size.indexOf('x');
        return new SessionDefaults(
                text(json, "user", "berth"),
                strings(json.path("command")),
                map(json.path("environment")),
                text(json, "display", "rfb"),
                text(json, "displayServer", "xvnc"),
                Integer.parseInt(size.substring(0, by)),
                Integer.parseInt(size.substring(by + 1)),
                size(json.path("memory")),
                json.path("cpus").asDouble(0),
                text(json, "sound", "none"),
                text(json, "init", "plain"));
    }

    /** Bytes from a number or a text such as {@code 1.3g}; 0 when missing. */
    static long size(JsonNode json) {
        if (json.isMissingNode()) {
            return 0;
        }
        if (json.isNumber()) {
            return json.asLong();
        }
        String text = json.asString().toLowerCase(Locale.ROOT);
        int unit = "kmgt".indexOf(text.charAt(text.length() - 1));
        double number = Double.parseDouble(unit < 0 ? text : text.substring(0, text.length() - 1));
        return Math.round(number * (1L << (10 * (unit + 1))));
    }

    private static String lines(JsonNode json) {
        if (json.isString()) {
            return json.asString();
        }
        StringBuilder text = new StringBuilder();
        strings(json).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static String text(JsonNode json, String name, String missing) {
        JsonNode value = json.get(name);
        return value == null ? missing : value.asString();
    }

    private static List<String> strings(JsonNode json) {
        return json.valueStream().map(JsonNode::asString).toList();
    }

    private static Map<String, String> map(JsonNode json) {
        Map<String, String> map = new LinkedHashMap<>();
        json.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asString()));
        return map;
    }
}
