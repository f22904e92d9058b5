/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import org.jspecify.annotations.Nullable;

/** The ways a pull fails. */
final class Failures {

    private Failures() {}

    static RootfsException invalid(String code, String summary) {
        return new RootfsException(code, ErrorKind.INVALID, summary, "", Remedy.NONE, null);
    }

    static RootfsException failed(String code, String summary, @Nullable Throwable cause) {
        return new RootfsException(code, summary, cause);
    }

    static RootfsException digest(String what) {
        return failed("rootfs.digest", "The registry sent other content than announced for " + what + ".", null);
    }
}
