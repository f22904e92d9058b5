/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.error;

import org.jspecify.annotations.Nullable;

/** A session could not be found, started or changed. Codes begin with {@code session.}. */
public final class SessionException extends BerthException {

    private static final long serialVersionUID = 1L;

    /** See {@link BerthException#BerthException(String, ErrorKind, String, String, Remedy, Throwable)}. */
    public SessionException(
            String code, ErrorKind kind, String summary, String detail, Remedy remedy, @Nullable Throwable cause) {
        super(code, kind, summary, detail, remedy, cause);
    }

    /** A failure without a remedy. */
    public SessionException(String code, String summary, @Nullable Throwable cause) {
        super(code, summary, cause);
    }
}
