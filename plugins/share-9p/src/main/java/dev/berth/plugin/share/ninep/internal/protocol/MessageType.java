/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.AttributeChange;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import java.nio.ByteBuffer;

/** The numbers of the request messages; each reply's is one more. */
public final class MessageType {

    public static final int RLERROR = 7;
    public static final int TSTATFS = 8;
    public static final int TLOPEN = 12;
    public static final int TLCREATE = 14;
    public static final int TSYMLINK = 16;
    public static final int TMKNOD = 18;
    public static final int TRENAME = 20;
    public static final int TREADLINK = 22;
    public static final int TGETATTR = 24;
    public static final int TSETATTR = 26;
    public static final int TXATTRWALK = 30;
    public static final int TXATTRCREATE = 32;
    public static final int TREADDIR = 40;
    public static final int TFSYNC = 50;
    public static final int TLOCK = 52;
    public static final int TGETLOCK = 54;
    public static final int TLINK = 70;
    public static final int TMKDIR = 72;
    public static final int TRENAMEAT = 74;
    public static final int TUNLINKAT = 76;
    public static final int TVERSION = 100;
    public static final int TAUTH = 102;
    public static final int TATTACH = 104;
    public static final int TFLUSH = 108;
    public static final int TWALK = 110;
    public static final int TREAD = 116;
    public static final int TWRITE = 118;
    public static final int TCLUNK = 120;
    public static final int TREMOVE = 122;

    /** Size, type and tag: what every message begins with. */
    public static final int HEADER = 7;

    private MessageType() {}

    /** Whether it changes the folder whatever its fields say. */
    static boolean changes(int type) {
        return switch (type) {
            case TLCREATE,
                    TSYMLINK,
                    TMKNOD,
                    TRENAME,
                    TSETATTR,
                    TXATTRCREATE,
                    TLINK,
                    TMKDIR,
                    TRENAMEAT,
                    TUNLINKAT,
                    TWRITE,
                    TREMOVE -> true;
            default -> false;
        };
    }

    /**
     * Whether the message may take long, so that what comes behind it should not wait.
     *
     * @param at where the message begins
     * @param pipelined whether something comes behind it already
     */
    public static boolean isSlow(int type, ByteBuffer message, int at, int size, boolean pipelined) {
        return switch (type) {
            case TFSYNC, TUNLINKAT, TREMOVE, TRENAME, TRENAMEAT -> true;
            case TSETATTR -> size >= HEADER + 8 && (message.getInt(at + HEADER + 4) & AttributeChange.SIZE) != 0;
            case TLOPEN -> size >= HEADER + 8 && (message.getInt(at + HEADER + 4) & FileMode.TRUNCATE) != 0;
            case TREADDIR, TLCREATE, TMKDIR, TSYMLINK, TMKNOD, TLINK, TXATTRCREATE -> pipelined;
            default -> false;
        };
    }
}
