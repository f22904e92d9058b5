/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.error;

import org.jspecify.annotations.Nullable;

/** Sound could not be joined to a device. Codes begin with {@code audio.}. */
public final class AudioException extends BerthException {

    private static final long serialVersionUID = 1L;

    /** See {@link BerthException#BerthException(String, ErrorKind, String, String, Remedy, Throwable)}. */
    public AudioException(
            String code, ErrorKind kind, String summary, String detail, Remedy remedy, @Nullable Throwable cause) {
        super(code, kind, summary, detail, remedy, cause);
    }

    /** A failure without a remedy. */
    public AudioException(String code, String summary, @Nullable Throwable cause) {
        super(code, summary, cause);
    }
}
