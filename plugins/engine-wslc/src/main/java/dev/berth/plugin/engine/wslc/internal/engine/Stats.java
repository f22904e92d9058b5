/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.engine.ContainerStats;
import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.text.Listings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container uses. {@code wslc stats} tells sizes as people read them, and no processor time but a share of the moment:
 * the time comes from the container's own control group.
 */
final class Stats {

    private static final Pattern MICROSECONDS = Pattern.compile("usage_usec ([0-9]{1,18})");
    private static final Pattern NANOSECONDS = Pattern.compile("^([0-9]{1,19})$", Pattern.MULTILINE);
    private static final String TIME =
            "cat /sys/fs/cgroup/cpu.stat /sys/fs/cgroup/cpuacct/cpuacct.usage 2>/dev/null; true";

    private final Wslc wslc;
    private final String container;

    Stats(Wslc wslc, String container) {
        this.wslc = wslc;
        this.container = container;
    }

    ContainerStats read() throws EngineException, InterruptedException {
        Program.Outcome outcome = wslc.must(
                "engine.stats",
                "WSL does not tell what the container uses.",
                Wslc.LIMIT,
                List.of("stats", "--format", "json", container));
        try {
            Listings.Usage usage = Listings.usage(outcome.out());
            return new ContainerStats(
                    Instant.now(),
                    time(),
                    usage.memory(),
                    Math.max(0, usage.memoryLimit()),
                    usage.processes(),
                    usage.received(),
                    usage.sent(),
                    usage.read(),
                    usage.written());
        } catch (IOException e) {
            throw Wslc.notUnderstood(outcome, e);
        }
    }

    private Duration time() throws EngineException, InterruptedException {
        String text = wslc.run("exec", container, "/bin/sh", "-c", TIME).out();
        Matcher micro = MICROSECONDS.matcher(text);
        if (micro.find()) {
            return Duration.ofNanos(Long.parseLong(micro.group(1)) * 1000);
        }
        Matcher nano = NANOSECONDS.matcher(text);
        return nano.find() ? Duration.ofNanos(Long.parseLong(nano.group(1))) : Duration.ZERO;
    }
}
