/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What sessions, containers and processes are made from, as values. */
final class SdkSettings {

    private SdkSettings() {}

    /**
     * A session. Numbers of 0 mean the library's own.
     *
     * @param storage an absolute folder that belongs to this session alone
     * @param bootMilliseconds how long its virtual machine may take to start
     */
    record Session(
            String name,
            Path storage,
            int cpus,
            int memoryMegabytes,
            int bootMilliseconds,
            long diskBytes,
            boolean gpu) {}

    /**
     * A process.
     *
     * @param stdin whether its standard input can be written to; an old library always closes it
     */
    record Process(List<String> command, Map<String, String> environment, String workingFolder, boolean stdin) {}

    /** A TCP port of the container on the host's loopback; 0 for a free one. */
    record Port(int host, int guest) {}

    /** A folder of Windows, or a named volume. */
    record Volume(String source, String target, boolean readOnly, boolean named) {}

    /** A container. Empty texts are left to the library. */
    record Container(
            String image,
            String name,
            String hostName,
            String domainName,
            Process process,
            boolean network,
            List<Port> ports,
            List<Volume> volumes,
            List<String> addedCapabilities,
            List<String> droppedCapabilities,
            boolean gpu,
            boolean autoRemove) {}

    /** A named volume with a disk of its own; the owner is not set when negative. */
    record Disk(String name, long bytes, boolean fixed, int uid, int gid) {}

    /** An image of a session; seconds since 1970. */
    record Image(String name, String sha256, long bytes, long created) {}
}
