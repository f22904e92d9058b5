/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import dev.berth.api.rootfs.RootfsRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways that archives fail. */
final class Failures {

    private Failures() {}

    static RootfsException invalid(String code, String summary) {
        return new RootfsException(code, ErrorKind.INVALID, summary, "", Remedy.NONE, null);
    }

    static RootfsException failed(String code, String summary, @Nullable Throwable cause) {
        return new RootfsException(code, summary, cause);
    }

    static RootfsException digest(String what) {
        return failed("rootfs.digest", "The content of " + what + " is another than announced.", null);
    }

    static void checkOptions(RootfsRequest request, Set<String> known) throws RootfsException {
        for (String option : request.options().keySet()) {
            if (!known.contains(option)) {
                throw invalid("rootfs.option.unknown", "There is no option called " + option + " for this source.");
            }
        }
    }
}
