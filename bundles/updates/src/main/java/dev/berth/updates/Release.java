/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.updates;

import java.time.Instant;
import java.util.Objects;

/**
 * A Berth that an update site offers, or that the home has.
 *
 * @param version as {@code berth --version} tells it
 * @param build identifies its contents, as {@code berth --version} tells it
 * @param issued when its list of files was signed
 * @param newer whether it is another than the one that the next start runs
 * @param downloadBytes how much of it is not here yet; 0 when nothing is missing
 */
public record Release(String version, String build, Instant issued, boolean newer, long downloadBytes) {
    public Release {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(build, "build");
        Objects.requireNonNull(issued, "issued");
    }
}
