/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.Remedy;
import dev.berth.api.host.HostCheck;
import dev.berth.plugin.engine.wslc.internal.errors.HResult;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What the library of WSL says of this host, as a line of {@code berth doctor}. */
public final class SdkCheck {

    private static final String NAME = "wslcsdk";

    private SdkCheck() {}

    /** Loads the library at a path, on Windows, and asks it. Blocks. */
    public static HostCheck look(String library) throws InterruptedException {
        return look(library, "ole32", "kernel32");
    }

    static HostCheck look(String library, String ole, String kernel) throws InterruptedException {
        try {
            WslcLibrary loaded = WslcLibrary.open(Path.of(library), ole, kernel);
            try (ComThreads com = new ComThreads(loaded)) {
                int missing = com.call(loaded::missingComponents);
                if (missing == 0) {
                    return HostCheck.ok(NAME, "The library finds WSL " + com.call(loaded::version) + ".");
                }
                return missing(missing);
            }
        } catch (EngineException e) {
            return limited(e.summary(), e.remedy());
        } catch (InvalidPathException e) {
            return limited("The setting \"library\" is no path: " + library + ".", Remedy.NONE);
        }
    }

    /** Says the first that has to be done. */
    static HostCheck missing(int flags) {
        int code = 0x80040154;
        if ((flags & WslcLibrary.SDK_NEEDS_UPDATE) != 0) {
            code = 0x8004060B;
        } else if ((flags & WslcLibrary.VIRTUAL_MACHINE_PLATFORM) != 0) {
            code = 0x8004032D;
        }
        HResult why = HResult.of(code);
        return limited(why.summary(), why.remedy());
    }

    private static HostCheck limited(String detail, Remedy fix) {
        return new HostCheck(NAME, HostCheck.Status.LIMITED, detail, fix);
    }
}
