/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.index;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One name in a relationship field, with the versions it allows (Debian Policy 7.1).
 *
 * @param qualifier what follows the colon: {@code any}, {@code native}, an architecture, or empty
 * @param operator one of {@code << <= = >= >>}, or empty when any version will do
 * @param version empty when any version will do
 */
public record Relation(String name, String qualifier, String operator, String version) {

    private static final Pattern SHAPE = Pattern.compile(
            "([A-Za-z0-9][A-Za-z0-9+._-]*)(?::([a-z0-9-]+))?\\s*(?:\\(\\s*(<<|<=|=|>=|>>|<|>)\\s*([^\\s)]+)\\s*\\))?"
                    + "\\s*(?:\\[[^\\]]*\\])?\\s*(?:<[^>]*>\\s*)*");

    /** Parses a field: groups separated by commas, alternatives within a group by bars. Malformed parts are left out. */
    public static List<List<Relation>> parse(String field) {
        List<List<Relation>> groups = new ArrayList<>();
        for (String part : field.split(",")) {
            List<Relation> alternatives = new ArrayList<>(2);
            for (String text : part.split("\\|")) {
                Matcher matcher = SHAPE.matcher(text.strip());
                if (matcher.matches()) {
                    alternatives.add(of(matcher));
                }
            }
            if (!alternatives.isEmpty()) {
                groups.add(List.copyOf(alternatives));
            }
        }
        return List.copyOf(groups);
    }

    /** Parses a field without alternatives, such as Conflicts or Provides. */
    public static List<Relation> parseFlat(String field) {
        List<Relation> relations = new ArrayList<>();
        parse(field).forEach(relations::addAll);
        return List.copyOf(relations);
    }

    private static Relation of(Matcher matcher) {
        String operator = matcher.group(3) == null ? "" : matcher.group(3);
        // The single forms are the deprecated spellings of "or equal".
        String normal = switch (operator) {
            case "<" -> "<=";
            case ">" -> ">=";
            default -> operator;
        };
        return new Relation(
                matcher.group(1),
                matcher.group(2) == null ? "" : matcher.group(2),
                normal,
                matcher.group(4) == null ? "" : matcher.group(4));
    }

    /** Whether a version is among those allowed. */
    public boolean allows(String candidate) {
        if (operator.isEmpty()) {
            return true;
        }
        int order = DebianVersion.compare(candidate, version);
        return switch (operator) {
            case "<<" -> order < 0;
            case "<=" -> order <= 0;
            case "=" -> order == 0;
            case ">=" -> order >= 0;
            default -> order > 0;
        };
    }

    @Override
    public String toString() {
        String full = qualifier.isEmpty() ? name : name + ":" + qualifier;
        return operator.isEmpty() ? full : full + " (" + operator + " " + version + ")";
    }
}
