/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.error.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where an engine's containers run.
 *
 * @param here whether that is this very machine, so that its folders can be mounted; a virtual machine on it is not
 * @param sharesFolders whether what containers write as root into a folder of this user's is this user's again
 * @param rootless whether the engine runs as a plain user
 * @param info what the engine says about its host
 */
record Host(boolean here, boolean sharesFolders, boolean rootless, Json info) {

    static Host ask(Api api) throws EngineException, InterruptedException {
        Json info = api.get("/info")
                .orFail("The engine does not tell about its host.")
                .json();
        // Docker says it the first way, Podman the second.
        boolean rootless = info.get("SecurityOptions").items().stream()
                        .anyMatch(option -> option.text().contains("rootless"))
                || info.get("Rootless").isTrue();
        boolean here = api.transport().onThisMachine()
                && info.get("OSType").text().equals("linux")
                && info.get("KernelVersion").text().equals(read("/proc/sys/kernel/osrelease"))
                && info.get("Name").text().equals(read("/proc/sys/kernel/hostname"));
        return new Host(here, here && (rootless || isRoot()), rootless, info);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
