/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

/**
 * A request that ends in an error number. Failing is everyday business here (every look-up of a new name does), so
 * these are made once and have no stack trace.
 */
public final class ErrnoException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final ErrnoException[] KNOWN = new ErrnoException[134];

    static {
        for (int i = 0; i < KNOWN.length; i++) {
            KNOWN[i] = new ErrnoException(i);
        }
    }

    private final int errno;

    private ErrnoException(int errno) {
        super("errno " + errno, null, false, false);
        this.errno = errno;
    }

    /** The failure with a number of {@link Errno}. */
    public static ErrnoException of(int errno) {
        return errno > 0 && errno < KNOWN.length ? KNOWN[errno] : KNOWN[Errno.EIO];
    }

    /** The number, as of Linux. */
    public int errno() {
        return errno;
    }
}
