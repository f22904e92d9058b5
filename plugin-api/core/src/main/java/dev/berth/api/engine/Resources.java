/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

/**
 * Limits of a container; 0 means no limit.
 *
 * @param memoryBytes of memory and swap together
 * @param cpus in processors: 1.5 is one and a half
 * @param processes processes and threads
 */
public record Resources(long memoryBytes, double cpus, long processes) {

    /** No limits. */
    public static final Resources UNLIMITED = new Resources(0, 0, 0);

    public Resources {
        if (memoryBytes < 0 || cpus < 0 || processes < 0) {
            throw new IllegalArgumentException("limits cannot be negative");
        }
    }
}
