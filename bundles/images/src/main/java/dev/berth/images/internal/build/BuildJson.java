/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import com.google.common.hash.Hashing;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.Platform;
import dev.berth.api.image.ProvisioningStep;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.rootfs.FetchedRootfs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Steps and configurations as JSON with a fixed order of keys: the form that is hashed and kept in the build cache. */
final class BuildJson {

    /** Changes whenever the same steps are carried out in another way. */
    private static final String VERSION = "1";

    private static final JsonMapper JSON = JsonMapper.shared();

    private BuildJson() {}

    /** Identifies a recipe as it stands, as far as its image depends on it. */
    static Digest recipeKey(Recipe recipe, Platform platform) {
        ObjectNode json = JSON.createObjectNode();
        json.put("platform", platform.toString());
        recipe.base()
                .references()
                .forEach(reference -> json.withArray("references").add(reference.toString()));
        recipe.base().packages().forEach(name -> json.withArray("packages").add(name));
        json.put("recommends", recipe.base().recommends());
        new TreeMap<>(recipe.base().options()).forEach(json.putObject("options")::put);
        recipe.steps().forEach(step -> json.withArray("steps").add(write(step)));
        return hash("recipe", json.toString());
    }

    /** Identifies a base. */
    static Digest baseKey(Digest resolution) {
        return hash("base", resolution.toString());
    }

    /** Identifies what steps above a base give. */
    static Digest resultKey(Digest resolution, List<ProvisioningStep> steps) {
        StringBuilder text = new StringBuilder(resolution.toString());
        steps.forEach(step -> text.append('\n').append(write(step)));
        return hash("result", text.toString());
    }

    /** Identifies what some steps give above the layers that are there. */
    static Digest stepKey(List<LayerInfo> parent, List<ProvisioningStep> steps) {
        StringBuilder text = new StringBuilder();
        parent.forEach(layer -> text.append(layer.diffId()).append('\n'));
        steps.forEach(step -> text.append(write(step)).append('\n'));
        return hash("step", text.toString());
    }

    private static Digest hash(String kind, String text) {
        return Digest.sha256(Hashing.sha256()
                .hashString(VERSION + "\n" + kind + "\n" + text, StandardCharsets.UTF_8)
                .toString());
    }

    static ObjectNode write(ProvisioningStep step) {
        ObjectNode json = JSON.createObjectNode();
        json.put("title", step.title());
        if (step instanceof ProvisioningStep.Run run) {
            run.command().forEach(json.putArray("run")::add);
            new TreeMap<>(run.environment()).forEach(json.putObject("environment")::put);
            json.put("network", run.network());
        } else if (step instanceof ProvisioningStep.WriteFile file) {
            json.put("path", file.path()).put("content", file.content()).put("mode", file.mode());
            json.put("uid", file.uid()).put("gid", file.gid());
        } else if (step instanceof ProvisioningStep.InstallPackages install) {
            install.packages().forEach(json.putArray("packages")::add);
            json.put("recommends", install.recommends());
        }
        return json;
    }

    static ProvisioningStep readStep(JsonNode json) {
        String title = json.path("title").asString("");
        if (json.has("run")) {
            return new ProvisioningStep.Run(
                    title,
                    strings(json.path("run")),
                    map(json.path("environment")),
                    json.path("network").asBoolean(false));
        }
        if (json.has("path")) {
            return new ProvisioningStep.WriteFile(
                    title,
                    json.path("path").asString(),
                    json.path("content").asString(),
                    json.path("mode").asInt(),
                    json.path("uid").asInt(),
                    json.path("gid").asInt());
        }
        return new ProvisioningStep.InstallPackages(
                title, strings(json.path("packages")), json.path("recommends").asBoolean(false));
    }

    static JsonNode write(FetchedRootfs base) {
        ImageConfig config = base.config();
        ObjectNode json = JSON.createObjectNode();
        json.put("os", config.platform().os());
        json.put("architecture", config.platform().architecture());
        json.put("variant", config.platform().variant());
        config.environment().forEach(json.putObject("environment")::put);
        config.entrypoint().forEach(json.putArray("entrypoint")::add);
        config.command().forEach(json.putArray("command")::add);
        json.put("workingFolder", config.workingFolder()).put("user", config.user());
        config.labels().forEach(json.putObject("labels")::put);
        var setup = json.putArray("setup");
        base.setup().forEach(step -> setup.add(write(step)));
        return json;
    }

    static FetchedRootfs readBase(JsonNode json) {
        List<ProvisioningStep> setup = new ArrayList<>();
        json.path("setup").forEach(step -> setup.add(readStep(step)));
        return new FetchedRootfs(
                new ImageConfig(
                        new Platform(
                                json.path("os").asString(),
                                json.path("architecture").asString(),
                                json.path("variant").asString("")),
                        map(json.path("environment")),
                        strings(json.path("entrypoint")),
                        strings(json.path("command")),
                        json.path("workingFolder").asString("/"),
                        json.path("user").asString(""),
                        map(json.path("labels"))),
                setup);
    }

    static JsonNode nothing() {
        return JSON.createObjectNode();
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
