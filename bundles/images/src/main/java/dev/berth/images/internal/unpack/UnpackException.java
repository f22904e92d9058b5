/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import java.io.IOException;

/** An archive is refused. The message is a sentence for a person and names the entry. */
public final class UnpackException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Refuses an archive. */
    public UnpackException(String message) {
        super(message);
    }
}
