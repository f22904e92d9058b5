/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.host;

import dev.berth.api.error.Remedy;
import java.util.Objects;

/**
 * One thing that was looked for on this host.
 *
 * @param name what was looked for, short: "runc", "user namespaces"
 * @param detail what was found, or what is lost without it; one sentence
 * @param fix how to get it; {@link Remedy#NONE} when all is well or nothing can be done
 */
public record HostCheck(String name, Status status, String detail, Remedy fix) {

    /** How a check came out. */
    public enum Status {
        /** Present and fit. */
        OK,
        /** Absent or unfit, but Berth goes on with less. */
        LIMITED,
        /** Absent, and the plugin cannot work without it. */
        MISSING,
        /** Does not concern this host. */
        NOT_APPLICABLE
    }

    public HostCheck {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(fix, "fix");
    }

    /** A check that found what it looked for. */
    public static HostCheck ok(String name, String detail) {
        return new HostCheck(name, Status.OK, detail, Remedy.NONE);
    }
}
