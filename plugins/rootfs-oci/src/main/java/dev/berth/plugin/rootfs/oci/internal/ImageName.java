/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an image is: {@code registry/repository[:tag][@digest]} (OCI distribution specification 1.1, "Pulling
 * manifests").
 *
 * @param registry host and optional port
 * @param selector a digest or a tag
 */
record ImageName(String registry, String repository, String selector) {

    private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final Pattern NAME =
            Pattern.compile("(?<registry>(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?)/"
                    + "(?<repository>" + PART + "(?:/" + PART + ")*)"
                    + "(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?"
                    + "(?:@(?<digest>sha256:[0-9a-f]{64}))?");

    /** @throws IllegalArgumentException if the text is no such name, or names no registry */
    static ImageName parse(String text) {
        Matcher match = NAME.matcher(text);
        if (text.length() > 512 || !match.matches()) {
            throw new IllegalArgumentException(text);
        }
        String registry = match.group("registry");
        if (!registry.contains(".") && !registry.contains(":") && !registry.equals("localhost")) {
            throw new IllegalArgumentException(text);
        }
        String digest = match.group("digest");
        String tag = match.group("tag");
        return new ImageName(
                registry, match.group("repository"), digest != null ? digest : tag != null ? tag : "latest");
    }

    /** Whether the registry is on this machine, so that what is sent to it in the clear is seen by nobody else. */
    boolean local() {
        return isLoopback(host());
    }

    /** Where the registry answers: Docker's own does so under another name than the one in its images' names. */
    String address() {
        return registry.equals("docker.io") ? "registry-1.docker.io" : registry;
    }

    private String host() {
        int colon = registry.lastIndexOf(':');
        return colon > registry.lastIndexOf(']') ? registry.substring(0, colon) : registry;
    }

    static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    @Override
    public String toString() {
        return registry + "/" + repository + (selector.contains(":") ? "@" : ":") + selector;
    }
}
