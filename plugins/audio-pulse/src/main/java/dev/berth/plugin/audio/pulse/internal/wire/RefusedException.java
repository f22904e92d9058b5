/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.wire;

import java.io.IOException;

/** A server said no to a request. The connection goes on. */
public final class RefusedException extends IOException {

    /** No right to it: the cookie or the user id is wrong. */
    public static final int ACCESS = 1;

    /** There is no such thing. */
    public static final int NO_ENTITY = 5;

    /** It cannot do that; PipeWire cannot choose devices until its session manager is there. */
    public static final int NOT_SUPPORTED = 19;

    private static final long serialVersionUID = 1L;

    private final int code;

    RefusedException(long code) {
        super("the sound server refused with error " + code);
        this.code = (int) Math.min(code, Integer.MAX_VALUE);
    }

    /** The protocol's number of the error. */
    public int code() {
        return code;
    }
}
