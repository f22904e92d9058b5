/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.recipe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Puts the values of a recipe's parameters where <code>{{name}}</code> stands in its texts, as the schema describes. */
final class ParameterValues {

    private static final Pattern USE = Pattern.compile("\\{\\{([a-z][a-z0-9-]*)}}");
    /** Nothing that could end a quoted word of a script. */
    private static final String HARMLESS = "[A-Za-z0-9._:/@+-]*";

    private static final int LONGEST = 1000;

    private final Map<String, String> values = new HashMap<>();
    private final List<String> problems;

    private ParameterValues(List<String> problems) {
        this.problems = problems;
    }

    /**
     * A document without parameters. Neither operand is changed.
     *
     * @param given the values that differ from the recipe's own
     * @param problems what is wrong is added
     */
    static ObjectNode apply(ObjectNode recipe, Map<String, String> given, List<String> problems) {
        ParameterValues values = new ParameterValues(problems);
        JsonNode declared = recipe.path("parameters");
        declared.properties().forEach(entry -> values.declare(entry.getKey(), entry.getValue(), given));
        for (String name : new TreeSet<>(given.keySet())) {
            if (!declared.has(name)) {
                problems.add("/parameters has no " + name
                        + (declared.isEmpty() ? "" : "; there are " + String.join(", ", declared.propertyNames())));
            }
        }
        ObjectNode result = recipe.deepCopy();
        result.remove("parameters");
        for (String part : List.of("base", "steps", "session")) {
            if (result.has(part)) {
                result.set(part, values.replaced(result.path(part), "/" + part));
            }
        }
        return result;
    }

    private void declare(String name, JsonNode parameter, Map<String, String> given) {
        String place = "/parameters/" + name;
        String value = given.getOrDefault(name, parameter.path("default").asString(""));
        values.put(name, value);
        if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
            problems.add(place + " cannot have such a value");
        } else if (parameter.has("choices")) {
            List<String> choices = parameter
                    .path("choices")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            if (!choices.contains(value)) {
                problems.add(place + " must be one of " + String.join(", ", choices) + ", not " + value);
            }
        } else {
            String pattern = parameter.path("pattern").asString(HARMLESS);
            try {
                if (!Pattern.matches(pattern, value)) {
                    problems.add(place + " must match " + pattern + ", not be " + value);
                }
            } catch (PatternSyntaxException e) {
                problems.add(place + "/pattern is no regular expression: " + e.getDescription());
            }
        }
    }

    private JsonNode replaced(JsonNode node, String place) {
        if (node instanceof ObjectNode object) {
            object.propertyNames().forEach(name -> object.set(name, replaced(object.path(name), place + "/" + name)));
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, replaced(array.path(i), place + "/" + i));
            }
            return array;
        }
        return node.isString() ? StringNode.valueOf(text(node.asString(), place)) : node;
    }

    private String text(String text, String place) {
        Matcher matcher = USE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                problems.add(place + " uses a parameter that is not declared: " + matcher.group(1));
                value = "";
            }
            matcher.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(result).toString();
    }
}
