/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.error;

import org.jspecify.annotations.Nullable;

/** A display could not be joined, or its connection broke. Codes begin with {@code display.}. */
public final class DisplayException extends BerthException {

    private static final long serialVersionUID = 1L;

    /** See {@link BerthException#BerthException(String, ErrorKind, String, String, Remedy, Throwable)}. */
    public DisplayException(
            String code, ErrorKind kind, String summary, String detail, Remedy remedy, @Nullable Throwable cause) {
        super(code, kind, summary, detail, remedy, cause);
    }

    /** A failure without a remedy. */
    public DisplayException(String code, String summary, @Nullable Throwable cause) {
        super(code, summary, cause);
    }
}
