/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import java.util.Objects;

/**
 * How to join a display.
 *
 * @param credentials answers when the server asks
 * @param shared whether others may be connected too
 * @param viewOnly whether input is never sent
 * @param lossless whether every pixel must be exact, whatever it costs; else the protocol trades by bandwidth
 */
public record DisplayRequest(Credentials credentials, boolean shared, boolean viewOnly, boolean lossless) {

    public DisplayRequest {
        Objects.requireNonNull(credentials, "credentials");
    }

    /** Shared, with input, no credentials, quality by bandwidth. */
    public static DisplayRequest defaults() {
        return new DisplayRequest(Credentials.NONE, true, false, false);
    }
}
