/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

/** What a file system knows about a file. Filled in by {@link Node#attributes} and reused: one per thread. */
public final class Attributes {

    public int mode;
    public int uid;
    public int gid;
    public long links;
    public long device;
    public long size;
    public long blockSize;
    public long blocks;
    public long accessSeconds;
    public long accessNanos;
    public long modifiedSeconds;
    public long modifiedNanos;
    public long changedSeconds;
    public long changedNanos;
    public long bornSeconds;
    public long bornNanos;
    /** The identity of the file in its volume. */
    public long path;

    /** The first byte of a qid. */
    public int qidType() {
        return qidType(mode);
    }

    /** The first byte of the qid of a file with this mode. */
    public static int qidType(int mode) {
        return switch (mode & FileMode.TYPE) {
            case FileMode.FOLDER -> 0x80;
            case FileMode.SYMLINK -> 0x02;
            default -> 0;
        };
    }
}
