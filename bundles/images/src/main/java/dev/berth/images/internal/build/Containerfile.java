/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.error.ImageException;
import dev.berth.api.error.RecipeException;
import dev.berth.api.image.ProvisioningStep;
import dev.berth.api.recipe.Recipe;
import dev.berth.api.rootfs.RootfsReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** Says in the words of Containerfile(5) how a recipe's image is made: by the very commands that Berth runs. */
final class Containerfile {

    private Containerfile() {}

    static String of(Recipe recipe) throws ImageException, RecipeException {
        String from = recipe.base().references().stream()
                .filter(reference ->
                        reference.scheme().equals("oci") || reference.scheme().equals("docker"))
                .map(RootfsReference::name)
                .findFirst()
                .orElseThrow(() -> new ImageException(
                        "image.containerfile",
                        "The recipe " + recipe.id() + " has no base that a Containerfile could name.",
                        null));
        StringBuilder text = new StringBuilder();
        text.append("# ").append(recipe.title().replaceAll("\\R", " ")).append(", as Berth makes it.\n");
        text.append("FROM ").append(from).append("\n");
        List<ProvisioningStep> steps = new ArrayList<>();
        if (!recipe.base().packages().isEmpty()) {
            steps.add(new ProvisioningStep.InstallPackages(
                    "Installing packages",
                    recipe.base().packages(),
                    recipe.base().recommends()));
        }
        steps.addAll(recipe.steps());
        for (BuildCommand command : BuildCommand.of(steps)) {
            text.append("\n# ").append(command.title().replaceAll("\\R", " ")).append("\nRUN ");
            text.append(json(withEnvironment(command))).append("\n");
        }
        text.append("\nLABEL dev.berth.recipe=").append(json(recipe.id())).append("\n");
        if (!recipe.session().command().isEmpty()) {
            text.append("CMD ").append(json(recipe.session().command())).append("\n");
        }
        return text.toString();
    }

    private static List<String> withEnvironment(BuildCommand command) {
        if (command.environment().isEmpty()) {
            return command.command();
        }
        List<String> all = new ArrayList<>(List.of("env"));
        for (Map.Entry<String, String> each : new TreeMap<>(command.environment()).entrySet()) {
            all.add(each.getKey() + "=" + each.getValue());
        }
        all.addAll(command.command());
        return all;
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
