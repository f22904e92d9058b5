/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

/**
 * A run of user or group ids of a user namespace (user_namespaces(7), "uid_map").
 *
 * @param guestStart the first id inside
 * @param hostStart the first id outside
 * @param count how many, at least 1
 */
public record IdRange(long guestStart, long hostStart, long count) {

    public IdRange {
        if (guestStart < 0 || hostStart < 0 || count < 1) {
            throw new IllegalArgumentException("bad id range: " + guestStart + " " + hostStart + " " + count);
        }
    }
}
