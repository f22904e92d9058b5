/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.kit;

import dev.berth.api.task.Unit;
import java.time.Duration;

/** Amounts for a person to read. */
public final class Amounts {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Amounts() {}

    /** Bytes with three digits at most: "12.5 MiB". */
    public static String bytes(double count) {
        double value = Math.max(0, count);
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String format = unit > 0 && value < 9.95 ? "%.1f %s" : "%.0f %s";
        return String.format(Texts.locale(), format, value, UNITS[unit]);
    }

    /** "3 s", "2 min 5 s", "1 h 12 min". */
    public static String duration(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return Texts.of("time.seconds", seconds);
        }
        if (seconds < 3600) {
            return Texts.of("time.minutes", seconds / 60, seconds % 60);
        }
        return Texts.of("time.hours", seconds / 3600, seconds / 60 % 60);
    }

    /**
     * "31 of 120 MiB · 8.2 MiB/s · 11 s left", as far as it is known.
     *
     * @param rate units in a second; 0 when unknown
     */
    public static String progress(Unit unit, long done, long total, double rate) {
        StringBuilder text = new StringBuilder();
        switch (unit) {
            case BYTES -> {
                text.append(total > 0 ? Texts.of("progress.of", bytes(done), bytes(total)) : bytes(done));
                if (rate > 0) {
                    text.append(" · ").append(Texts.of("progress.rate", bytes(rate)));
                }
            }
            case ITEMS ->
                text.append(
                        total > 0
                                ? Texts.of("progress.of", String.valueOf(done), String.valueOf(total))
                                : String.valueOf(done));
            case PARTS ->
                text.append(total > 0 ? Texts.of("progress.percent", 100 * Math.min(done, total) / total) : "");
        }
        if (rate > 0 && total > done && unit != Unit.PARTS) {
            Duration left = Duration.ofSeconds((long) Math.ceil((total - done) / rate));
            text.append(" · ").append(Texts.of("progress.left", duration(left)));
        }
        return text.toString();
    }
}
