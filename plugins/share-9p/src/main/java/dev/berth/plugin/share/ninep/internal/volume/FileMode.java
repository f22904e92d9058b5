/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

/** The type bits of a mode and the open flags, as of Linux, which are those on the wire. */
public final class FileMode {

    public static final int TYPE = 0xf000;
    public static final int SOCKET = 0xc000;
    public static final int SYMLINK = 0xa000;
    public static final int REGULAR = 0x8000;
    public static final int BLOCK = 0x6000;
    public static final int FOLDER = 0x4000;
    public static final int CHARACTER = 0x2000;
    public static final int FIFO = 0x1000;

    public static final int ACCESS = 3;
    public static final int WRITE_ONLY = 1;
    public static final int READ_WRITE = 2;
    public static final int CREATE = 0x40;
    public static final int EXCLUSIVE = 0x80;
    public static final int TRUNCATE = 0x200;
    public static final int APPEND = 0x400;
    public static final int DATA_SYNC = 0x1000;
    public static final int MUST_BE_FOLDER = 0x10000;
    public static final int FULL_SYNC = 0x101000;

    private FileMode() {}

    /** Whether open flags ask for writing. */
    public static boolean writes(int flags) {
        return (flags & ACCESS) != 0 || (flags & TRUNCATE) != 0;
    }
}
