/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.error;

import org.jspecify.annotations.Nullable;

/** A root file system could not be found, fetched or checked. Codes begin with {@code rootfs.}. */
public final class RootfsException extends BerthException {

    private static final long serialVersionUID = 1L;

    /** See {@link BerthException#BerthException(String, ErrorKind, String, String, Remedy, Throwable)}. */
    public RootfsException(
            String code, ErrorKind kind, String summary, String detail, Remedy remedy, @Nullable Throwable cause) {
        super(code, kind, summary, detail, remedy, cause);
    }

    /** A failure without a remedy. */
    public RootfsException(String code, String summary, @Nullable Throwable cause) {
        super(code, summary, cause);
    }
}
