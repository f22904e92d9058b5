/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.engine;

import dev.berth.api.host.HostCheck;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What an engine found out about itself on this host.
 *
 * @param usable whether containers can be run now
 * @param version of the engine's program or service; empty when it is missing
 * @param summary one sentence for a person: what is there, or the first thing that is missing
 * @param capabilities what it can do here; empty when it is not usable
 * @param checks all that was looked for, with what each lack costs
 */
public record EngineReport(
        boolean usable, String version, String summary, Set<EngineCapability> capabilities, List<HostCheck> checks) {

    public EngineReport {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(summary, "summary");
        capabilities = Set.copyOf(capabilities);
        checks = List.copyOf(checks);
    }

    /** Whether the engine can do something here. */
    public boolean can(EngineCapability capability) {
        return capabilities.contains(capability);
    }
}
