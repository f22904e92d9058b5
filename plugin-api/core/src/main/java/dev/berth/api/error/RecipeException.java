/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.error;

import org.jspecify.annotations.Nullable;

/** A recipe is malformed, or one of its steps failed. Codes begin with {@code recipe.}. */
public final class RecipeException extends BerthException {

    private static final long serialVersionUID = 1L;

    /** See {@link BerthException#BerthException(String, ErrorKind, String, String, Remedy, Throwable)}. */
    public RecipeException(
            String code, ErrorKind kind, String summary, String detail, Remedy remedy, @Nullable Throwable cause) {
        super(code, kind, summary, detail, remedy, cause);
    }

    /** A failure without a remedy. */
    public RecipeException(String code, String summary, @Nullable Throwable cause) {
        super(code, summary, cause);
    }
}
