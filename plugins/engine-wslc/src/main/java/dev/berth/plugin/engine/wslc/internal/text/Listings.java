/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.text;

import dev.berth.plugin.engine.wslc.internal.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code wslc} prints with {@code --format json}. Everything is optional: another version may leave it out. */
public final class Listings {

    private static final Pattern SIZE = Pattern.compile("([0-9]+(?:[.,][0-9]+)?)\\s*([kKMGTP]?i?)B");
    private static final Pattern PERCENT = Pattern.compile("([0-9]+(?:[.,][0-9]+)?)\\s*%");
    private static final Map<String, Integer> POWERS = Map.of("", 0, "K", 1, "M", 2, "G", 3, "T", 4, "P", 5);

    private Listings() {}

    /** A container; {@code state} as the SDK numbers them: 1 created, 2 running, 3 exited, 4 deleted. */
    public record Container(String id, String name, int state, Instant created) {}

    /** An image; repository and tag may be empty. */
    public record Image(String id, String repository, String tag) {}

    /** What a container uses; -1 where it was not told. */
    public record Usage(
            double cpuPercent,
            long memory,
            long memoryLimit,
            long received,
            long sent,
            long read,
            long written,
            long processes) {}

    /** {@code wslc version --format json}, or the line of {@code wslc --version}. */
    public static Optional<Version> version(String text) {
        try {
            String value = Json.parse(text).get("Client").get("Version").text();
            if (!value.isEmpty()) {
                return Version.in(value);
            }
        } catch (IOException e) {
            // The line for people.
        }
        return Version.in(text);
    }

    /** {@code wslc list --format json}. */
    public static List<Container> containers(String text) throws IOException {
        List<Container> found = new ArrayList<>();
        for (Json one : Json.parse(text).items()) {
            String name = one.get("Name").text();
            found.add(new Container(
                    one.get("Id").text(),
                    name.startsWith("/") ? name.substring(1) : name,
                    (int) one.get("State").number(),
                    Instant.ofEpochSecond(one.get("CreatedAt").number())));
        }
        return found;
    }

    /** {@code wslc images --format json}. */
    public static List<Image> images(String text) throws IOException {
        List<Image> found = new ArrayList<>();
        for (Json one : Json.parse(text).items()) {
            found.add(new Image(
                    one.get("Id").text(),
                    one.get("Repository").text(),
                    one.get("Tag").text()));
        }
        return found;
    }

    /** The names in a listing of networks or volumes. */
    public static List<String> names(String text) throws IOException {
        return Json.parse(text).items().stream()
                .map(one -> one.get("Name").text())
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The first object of {@code wslc inspect --format json}; missing when there is none. */
    public static Json inspected(String text) throws IOException {
        Json json = Json.parse(text);
        return json.items().isEmpty() ? json : json.items().get(0);
    }

    /** {@code wslc stats --format json}: numbers as people read them. */
    public static Usage usage(String text) throws IOException {
        Json all = Json.parse(text);
        Json one = all.items().isEmpty() ? all : all.items().get(0);
        long[] memory = pair(one.get("MemUsage").text());
        long[] network = pair(one.get("NetIO").text());
        long[] disk = pair(one.get("BlockIO").text());
        Matcher percent = PERCENT.matcher(one.get("CPUPerc").text());
        String processes = one.get("PIDs").text();
        return new Usage(
                percent.find() ? Double.parseDouble(percent.group(1).replace(',', '.')) : -1,
                memory[0],
                memory[1],
                network[0],
                network[1],
                disk[0],
                disk[1],
                processes.matches("[0-9]{1,12}") ? Long.parseLong(processes) : -1);
    }

    private static long[] pair(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new long[] {size(text), -1}
                : new long[] {size(text.substring(0, slash)), size(text.substring(slash + 1))};
    }

    /** {@code 12.5MiB}, {@code 1,2 kB}: bytes, or -1. */
    static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.find()) {
            return -1;
        }
        String unit = matcher.group(2).toUpperCase(Locale.ROOT);
        boolean binary = unit.endsWith("I");
        int power = POWERS.getOrDefault(binary ? unit.substring(0, unit.length() - 1) : unit, 0);
        double value = Double.parseDouble(matcher.group(1).replace(',', '.'));
        return Math.round(value * Math.pow(binary ? 1024 : 1000, power));
    }
}
