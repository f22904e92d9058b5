/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sizes, times and tables for a person, and the other way round. */
final class Texts {

    private Texts() {}

    /** Bytes as "1.3 GiB". */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        String unit = "";
        for (String next : List.of("KiB", "MiB", "GiB", "TiB")) {
            if (value < 1024) {
                break;
            }
            value /= 1024;
            unit = next;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, unit);
    }

    /** A time as "850 ms", "12 s", "3 min 5 s". */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = millis / 1000;
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** Parses "2s", "500ms", "1m", or seconds without a unit. */
    static Duration parseDuration(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        try {
            if (lower.endsWith("ms")) {
                return Duration.ofMillis(Long.parseLong(lower.substring(0, lower.length() - 2)));
            }
            double factor = 1;
            String number = lower;
            if (lower.endsWith("m")) {
                factor = 60;
                number = lower.substring(0, lower.length() - 1);
            } else if (lower.endsWith("s")) {
                number = lower.substring(0, lower.length() - 1);
            }
            double seconds = Double.parseDouble(number) * factor;
            if (!(seconds >= 0 && seconds < 1e9)) {
                throw new NumberFormatException(text);
            }
            return Duration.ofMillis(Math.round(seconds * 1000));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("write a time as 2s, 500ms or 1m, not " + text, e);
        }
    }

    /** Parses "512m", "2g", "4GiB", or bytes without a unit. */
    static long parseBytes(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replaceAll("i?b$", "");
        int shift = 0;
        if (!lower.isEmpty()) {
            shift = switch (lower.charAt(lower.length() - 1)) {
                case 'k' -> 10;
                case 'm' -> 20;
                case 'g' -> 30;
                case 't' -> 40;
                default -> 0;
            };
        }
        String number = shift == 0 ? lower : lower.substring(0, lower.length() - 1);
        try {
            double value = Double.parseDouble(number) * (1L << shift);
            if (!(value >= 0 && value < Long.MAX_VALUE)) {
                throw new NumberFormatException(text);
            }
            return (long) value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("write a size as 512m or 2g, not " + text, e);
        }
    }

    /** Rows with their columns aligned; the first row is the head. */
    static String table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < columns; i++) {
                        line.append(row.get(i));
                        if (i < columns - 1) {
                            line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
                        }
                    }
                    return line.toString().stripTrailing();
                })
                .collect(Collectors.joining("\n"));
    }
}
