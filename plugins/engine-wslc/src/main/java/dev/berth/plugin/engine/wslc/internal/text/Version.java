/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of WSL: its first three numbers. */
public record Version(int major, int minor, int revision) implements Comparable<Version> {

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?");

    /** The first dotted number of a text, whatever stands around it: its labels are in the person's language. */
    public static Optional<Version> in(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String third = matcher.group(3);
        return Optional.of(new Version(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                third == null ? 0 : Integer.parseInt(third)));
    }

    @Override
    public int compareTo(Version other) {
        int order = Integer.compare(major, other.major);
        order = order == 0 ? Integer.compare(minor, other.minor) : order;
        return order == 0 ? Integer.compare(revision, other.revision) : order;
    }

    /** Whether it is that one or a later one. */
    public boolean atLeast(Version other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + revision;
    }
}
