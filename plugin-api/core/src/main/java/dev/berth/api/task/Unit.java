/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.task;

/** What the numbers of a {@link Progress} count. */
public enum Unit {
    /** Bytes; shown as KiB, MiB and so on, with a rate and the time left. */
    BYTES,
    /** Things, such as packages or files; shown as "12 of 340". */
    ITEMS,
    /** Shares of a whole that have no unit of their own; shown as a percentage. */
    PARTS
}
