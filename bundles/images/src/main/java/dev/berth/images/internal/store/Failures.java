/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.ImageException;
import dev.berth.api.error.Remedy;
import dev.berth.images.internal.unpack.UnpackException;
import dev.berth.images.tar.TarException;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Turns what goes wrong below into errors that a person can act on. */
final class Failures {

    private Failures() {}

    /** The store's own error behind somebody else's, if there is one: a full disk, a refused archive. */
    static Optional<ImageException> behind(Throwable error) {
        ImageException found = of("cannot keep the layer", error);
        return found.code().equals("image.io") ? Optional.empty() : Optional.of(found);
    }

    /** An error of the store. {@code doing} is a phrase: "cannot keep the layer". */
    static ImageException of(String doing, Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof ImageException known) {
                return known;
            }
            String message = Objects.requireNonNullElse(e.getMessage(), "");
            if (e instanceof UnpackException) {
                return refused(message, cause);
            }
            if (e instanceof TarException) {
                return refused("The archive is malformed: " + message + ".", cause);
            }
            String lower = message.toLowerCase(Locale.ROOT);
            if (e instanceof IOException
                    && (lower.contains("no space left") || lower.contains("disk quota exceeded"))) {
                return new ImageException(
                        "image.disk.full",
                        ErrorKind.FAILED,
                        "The disk of the image store is full.",
                        doing + ": " + message,
                        Remedy.advice("Make space, for instance with 'berth image prune', and try again."),
                        cause);
            }
        }
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ImageException(
                "image.io",
                ErrorKind.FAILED,
                "The image store " + doing + ": " + why + ".",
                String.valueOf(cause),
                Remedy.NONE,
                cause);
    }

    private static ImageException refused(String summary, Throwable cause) {
        return new ImageException(
                "image.refused",
                ErrorKind.FAILED,
                summary,
                "The archive breaks a rule of the image store; nothing of it was kept.",
                Remedy.NONE,
                cause);
    }

    static ImageException digest(String summary) {
        return new ImageException("image.digest", ErrorKind.FAILED, summary, "", Remedy.NONE, null);
    }
}
