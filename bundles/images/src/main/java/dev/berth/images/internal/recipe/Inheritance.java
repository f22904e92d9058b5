/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.recipe;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Merges a recipe document over the one that it extends, as the schema describes at {@code extends}. */
final class Inheritance {

    private Inheritance() {}

    /** A new document; neither operand is changed. */
    static ObjectNode merge(ObjectNode parent, ObjectNode child) {
        ObjectNode merged = parent.deepCopy();
        merged.remove("extends");
        merged.remove("abstract");
        // What the parent costs says nothing about the child.
        merged.remove("cost");
        for (Map.Entry<String, JsonNode> entry : child.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            switch (name) {
                case "extends" -> {}
                case "parameters" -> mergeKeys(merged, "parameters", value);
                case "base" -> mergeBase(merged, value);
                case "steps" -> append(merged, "steps", value);
                case "session" -> mergeSession(merged, value);
                default -> merged.set(name, value.deepCopy());
            }
        }
        return merged;
    }

    private static void mergeBase(ObjectNode merged, JsonNode child) {
        ObjectNode base = merged.withObject("/base");
        for (Map.Entry<String, JsonNode> entry : child.properties()) {
            switch (entry.getKey()) {
                case "packages" -> append(base, "packages", entry.getValue());
                case "options" -> mergeKeys(base, "options", entry.getValue());
                default -> base.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
    }

    private static void mergeSession(ObjectNode merged, JsonNode child) {
        ObjectNode session = merged.withObject("/session");
        for (Map.Entry<String, JsonNode> entry : child.properties()) {
            if (entry.getKey().equals("environment")) {
                mergeKeys(session, "environment", entry.getValue());
            } else {
                session.set(entry.getKey(), entry.getValue().deepCopy());
            }
        }
    }

    private static void append(ObjectNode target, String name, JsonNode items) {
        ArrayNode list = target.withArray(name);
        items.forEach(item -> list.add(item.deepCopy()));
    }

    private static void mergeKeys(ObjectNode target, String name, JsonNode entries) {
        ObjectNode map = target.withObject("/" + name);
        entries.properties().forEach(entry -> map.set(entry.getKey(), entry.getValue()));
    }
}
