/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.tar;

import java.io.IOException;

/** An archive is malformed, truncated, or beyond a limit of its format. */
public final class TarException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The message is a phrase for a person that names the entry. */
    public TarException(String message) {
        super(message);
    }
}
