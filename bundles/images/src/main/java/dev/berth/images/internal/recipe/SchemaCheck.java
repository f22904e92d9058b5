/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks JSON documents against the recipe schema that is shipped beside this class. Knows the part of JSON Schema
 * 2020-12 that the schema uses; a keyword that it does not know is an error of the build, not of the document.
 */
final class SchemaCheck {

    private static final int DEPTH_LIMIT = 64;
    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final JsonNode schema;

    private SchemaCheck(JsonNode schema) {
        this.schema = schema;
    }

    /** The schema of recipes. */
    static SchemaCheck recipes() {
        try (InputStream in = SchemaCheck.class.getResourceAsStream("recipe.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("recipe.schema.json is not in the bundle");
            }
            return new SchemaCheck(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is wrong, one sentence each that begins with its place as a JSON pointer. */
    List<String> check(JsonNode document) {
        List<String> problems = new ArrayList<>();
        check(document, schema, "", problems, 0);
        return problems;
    }

    private void check(JsonNode value, JsonNode rule, String place, List<String> problems, int depth) {
        if (depth > DEPTH_LIMIT) {
            problems.add(at(place) + "is nested too deeply");
            return;
        }
        if (!typeFits(value, rule, place, problems)) {
            return;
        }
        for (Map.Entry<String, JsonNode> keyword : rule.properties()) {
            JsonNode operand = keyword.getValue();
            switch (keyword.getKey()) {
                case "$ref" -> check(value, resolve(operand.asString()), place, problems, depth + 1);
                case "const" -> {
                    if (!value.equals(operand)) {
                        problems.add(at(place) + "must be " + operand);
                    }
                }
                case "enum" -> {
                    if (operand.valueStream().noneMatch(value::equals)) {
                        problems.add(at(place) + "must be one of " + operand + ", not " + value);
                    }
                }
                case "pattern" -> {
                    if (value.isString() && !matches(value.asString(), operand.asString())) {
                        problems.add(at(place) + "does not have the form " + operand.asString() + ": " + brief(value));
                    }
                }
                case "minLength" -> {
                    if (value.isString() && value.asString().length() < operand.asInt()) {
                        problems.add(at(place) + "must not be empty");
                    }
                }
                case "maxLength" -> {
                    if (value.isString() && value.asString().length() > operand.asInt()) {
                        problems.add(at(place) + "is longer than " + operand.asInt() + " characters");
                    }
                }
                case "minimum" -> {
                    if (value.isNumber() && value.asDouble() < operand.asDouble()) {
                        problems.add(at(place) + "must be at least " + operand);
                    }
                }
                case "maximum" -> {
                    if (value.isNumber() && value.asDouble() > operand.asDouble()) {
                        problems.add(at(place) + "must be at most " + operand);
                    }
                }
                case "minItems" -> {
                    if (value.isArray() && value.size() < operand.asInt()) {
                        problems.add(at(place) + "needs at least " + operand.asInt() + " items");
                    }
                }
                case "maxItems" -> {
                    if (value.isArray() && value.size() > operand.asInt()) {
                        problems.add(at(place) + "has more than " + operand.asInt() + " items");
                    }
                }
                case "items" -> {
                    for (int i = 0; value.isArray() && i < value.size(); i++) {
                        check(value.get(i), operand, place + "/" + i, problems, depth + 1);
                    }
                }
                case "required" -> {
                    for (JsonNode name : operand) {
                        if (value.isObject() && !value.has(name.asString())) {
                            problems.add(at(place) + "lacks \"" + name.asString() + "\"");
                        }
                    }
                }
                case "properties" -> {
                    for (Map.Entry<String, JsonNode> property : operand.properties()) {
                        JsonNode child = value.get(property.getKey());
                        if (child != null) {
                            check(child, property.getValue(), step(place, property.getKey()), problems, depth + 1);
                        }
                    }
                }
                case "propertyNames" -> {
                    for (Map.Entry<String, JsonNode> property : value.properties()) {
                        if (!matches(property.getKey(), operand.path("pattern").asString())) {
                            problems.add(at(step(place, property.getKey())) + "is not a name that is allowed here");
                        }
                    }
                }
                case "additionalProperties" -> additional(value, rule, operand, place, problems, depth);
                case "anyOf", "oneOf" -> alternatives(value, operand, place, problems, depth);
                case "type", "description", "title", "$schema", "$defs" -> {}
                default -> throw new IllegalStateException("unknown keyword in the schema: " + keyword.getKey());
            }
        }
    }

    private static boolean typeFits(JsonNode value, JsonNode rule, String place, List<String> problems) {
        JsonNode type = rule.get("type");
        if (type == null) {
            return true;
        }
        boolean fits = switch (type.asString()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber() && value.canConvertToLong();
            case "number" -> value.isNumber();
            default -> throw new IllegalStateException("unknown type in the schema: " + type);
        };
        if (!fits) {
            problems.add(at(place) + "must be " + article(type.asString()) + ", not " + brief(value));
        }
        return fits;
    }

    private void additional(
            JsonNode value, JsonNode rule, JsonNode operand, String place, List<String> problems, int depth) {
        JsonNode known = rule.path("properties");
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            String name = property.getKey();
            if (known.has(name)) {
                continue;
            }
            if (operand.isBoolean()) {
                problems.add(at(step(place, name)) + "is not known here; known are "
                        + String.join(", ", known.propertyNames()));
            } else {
                check(property.getValue(), operand, step(place, name), problems, depth + 1);
            }
        }
    }

    /** Tells what is wrong with the alternative that the document means, by the required names that it has. */
    private void alternatives(JsonNode value, JsonNode choices, String place, List<String> problems, int depth) {
        List<String> meant = null;
        List<String> names = new ArrayList<>();
        for (JsonNode choice : choices) {
            List<String> own = new ArrayList<>();
            check(value, choice, place, own, depth + 1);
            if (own.isEmpty()) {
                return;
            }
            JsonNode required = choice.path("required");
            if (required.isEmpty()) {
                continue;
            }
            String last = required.get(required.size() - 1).asString();
            names.add(last);
            if (value.has(last) && (meant == null || own.size() < meant.size())) {
                meant = own;
            }
        }
        if (meant != null) {
            problems.addAll(meant);
        } else if (names.isEmpty()) {
            problems.add(at(place) + "has none of the forms that are allowed here: " + brief(value));
        } else if (!value.isObject()) {
            problems.add(at(place) + "must be an object, not " + brief(value));
        } else {
            problems.add(at(place) + "needs one of " + String.join(", ", names));
        }
    }

    private JsonNode resolve(String reference) {
        JsonNode target = schema.at(reference.substring(1));
        if (target.isMissingNode()) {
            throw new IllegalStateException("dangling reference in the schema: " + reference);
        }
        return target;
    }

    private static boolean matches(String text, String pattern) {
        return PATTERNS.computeIfAbsent(pattern, key -> Pattern.compile(key, Pattern.DOTALL))
                .matcher(text)
                .find();
    }

    private static String at(String place) {
        return (place.isEmpty() ? "/" : place) + " ";
    }

    private static String step(String place, String name) {
        return place + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String article(String type) {
        return ("aeiou".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
    }

    private static String brief(JsonNode value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }
}
