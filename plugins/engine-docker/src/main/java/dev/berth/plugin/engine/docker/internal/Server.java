/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an engine says about itself.
 *
 * @param product {@code Docker} or {@code Podman}
 * @param version of the engine
 * @param apiVersion the version of the API to be spoken
 * @param kernel the kernel release where containers run
 */
record Server(String product, String version, String apiVersion, String kernel) {

    /** What is written here was checked with these; an engine that wants a newer one gets its oldest. */
    private static final int NEWEST_KNOWN = 44;

    private static final Pattern API = Pattern.compile("1\\.([0-9]{1,4})");

    static Server of(Json answer) {
        String product = "Docker";
        String version = answer.get("Version").text();
        for (Json component : answer.get("Components").items()) {
            if (component.get("Name").text().startsWith("Podman")) {
                product = "Podman";
            }
        }
        int newest = minor(answer.get("ApiVersion").text(), 40);
        int oldest = minor(answer.get("MinAPIVersion").text(), 0);
        int spoken = Math.max(Math.min(newest, NEWEST_KNOWN), oldest);
        return new Server(
                product, version, "1." + spoken, answer.get("KernelVersion").text());
    }

    boolean podman() {
        return product.equals("Podman");
    }

    /** Whether the engine's version is at least this one. */
    boolean atLeast(int major, int minor) {
        Matcher matcher = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6}).*").matcher(version);
        if (!matcher.matches()) {
            return false;
        }
        int itsMajor = Integer.parseInt(matcher.group(1));
        return itsMajor > major || itsMajor == major && Integer.parseInt(matcher.group(2)) >= minor;
    }

    private static int minor(String version, int otherwise) {
        Matcher matcher = API.matcher(version);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }

    @Override
    public String toString() {
        return product + " " + version;
    }
}
