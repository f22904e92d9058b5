/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

/** What a client wants changed, as Tsetattr says it; {@code valid} names the fields that count. */
public record AttributeChange(
        int valid,
        int mode,
        int uid,
        int gid,
        long size,
        long accessSeconds,
        long accessNanos,
        long modifiedSeconds,
        long modifiedNanos) {

    public static final int MODE = 1;
    public static final int UID = 2;
    public static final int GID = 4;
    public static final int SIZE = 8;
    public static final int ACCESS_TIME = 0x10;
    public static final int MODIFIED_TIME = 0x20;
    public static final int CHANGE_TIME = 0x40;
    public static final int ACCESS_TIME_GIVEN = 0x80;
    public static final int MODIFIED_TIME_GIVEN = 0x100;

    /** Whether any of these fields counts. */
    public boolean has(int mask) {
        return (valid & mask) != 0;
    }

    /** The same change without some fields. */
    public AttributeChange without(int mask) {
        return new AttributeChange(
                valid & ~mask, mode, uid, gid, size, accessSeconds, accessNanos, modifiedSeconds, modifiedNanos);
    }
}
