/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.engine.ContainerStats;
import dev.berth.plugin.engine.runc.internal.host.Cgroups;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads what a container uses: control groups for its processes, /proc for its network. */
final class StatsReader {

    ContainerStats read(long init) {
        Optional<Cgroups> groups = Cgroups.of(init);
        long cpu = groups.map(Cgroups::cpuMicroseconds).orElse(-1L);
        long[] network = network(
                Proc.read(Path.of("/proc", Long.toString(init), "net/dev")).orElse(""));
        return new ContainerStats(
                Instant.now(),
                Duration.ofNanos(Math.max(0, cpu) * 1000),
                groups.map(Cgroups::memoryBytes).orElse(-1L),
                groups.map(Cgroups::memoryLimitBytes).orElse(0L),
                groups.map(Cgroups::processes).orElse(-1L),
                network[0],
                network[1],
                groups.map(Cgroups::readBytes).orElse(-1L),
                groups.map(Cgroups::writtenBytes).orElse(-1L));
    }

    /** Received and sent bytes of all interfaces but the loopback. */
    static long[] network(String table) {
        long[] sums = new long[2];
        for (String line : table.split("\n")) {
            int colon = line.indexOf(':');
            if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
                continue;
            }
            String[] words = line.substring(colon + 1).strip().split("\\s+");
            if (words.length >= 9 && words[0].matches("[0-9]+") && words[8].matches("[0-9]+")) {
                sums[0] += Long.parseLong(words[0]);
                sums[1] += Long.parseLong(words[8]);
            }
        }
        return sums;
    }
}
