/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.wire;

import java.io.IOException;

/** The server said something that RFB does not allow, or that is beyond what a sane server sends. */
public final class RfbException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What was wrong, for the log and the detail of an error. */
    public RfbException(String message) {
        super(message);
    }
}
