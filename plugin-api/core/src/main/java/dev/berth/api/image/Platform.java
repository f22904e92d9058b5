/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

import java.util.Locale;
import java.util.Objects;

/**
 * What a root file system runs on, in the words of the OCI image specification (and of Go): {@code linux/amd64}.
 *
 * @param variant {@code v7}, {@code v8} or empty
 */
public record Platform(String os, String architecture, String variant) {

    public Platform {
        Objects.requireNonNull(os, "os");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(variant, "variant");
    }

    /** The Linux platform that this host's processor runs. */
    public static Platform host() {
        String arch = System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT);
        return new Platform(
                "linux",
                switch (arch) {
                    case "x86_64", "amd64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    case "x86", "i386", "i586", "i686" -> "386";
                    case "arm" -> "arm";
                    default -> arch;
                },
                "");
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
    }
}
