/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.audio.pulse.internal.link;

import dev.berth.plugin.audio.pulse.internal.flow.OutLine;
import dev.berth.plugin.audio.pulse.internal.flow.Playout;
import dev.berth.plugin.audio.pulse.internal.host.SoundHost;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a playout on the best device there is: the chosen one, else the default, else nowhere. */
final class OutputKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(OutputKeeper.class);
    /** A line that its driver blocks for longer is taken away from it. */
    private static final long BLOCKED_NANOS = 1_500_000_000L;

    private final List<SoundHost> hosts;
    private final Playout playout;
    private final String chosen;
    private int host = -1;
    private boolean onChosen;

    /**
     * Keeps nothing yet.
     *
     * @param hosts ways to devices, best first
     * @param chosen a device's name; empty follows the default
     */
    OutputKeeper(List<SoundHost> hosts, Playout playout, String chosen) {
        this.hosts = hosts;
        this.playout = playout;
        this.chosen = chosen;
    }

    /** Looks whether something is to be changed; now and then, and when devices changed. */
    void look() throws InterruptedException {
        OutLine line = playout.line();
        boolean nowhere = line.device().isEmpty();
        if (!nowhere && System.nanoTime() - playout.lastBeat() > BLOCKED_NANOS) {
            LOG.warn("The sound device {} blocks and is left", line.device());
            line.close();
            return;
        }
        if (!nowhere && line.alive()) {
            better();
            return;
        }
        anything();
    }

    /** Moves to a better way or back to the chosen device, if there is one meanwhile. */
    private void better() throws InterruptedException {
        for (int i = 0; i <= host && i < hosts.size(); i++) {
            if (i == host && (onChosen || chosen.isEmpty())) {
                return;
            }
            try {
                if (!hosts.get(i).present()) {
                    continue;
                }
                boolean there = !chosen.isEmpty() && hosts.get(i).outputs().contains(chosen);
                if (there && open(i, chosen) || i < host && !onChosen && open(i, "")) {
                    return;
                }
            } catch (IOException e) {
                LOG.debug("Looking for devices failed: {}", e.toString());
            }
        }
    }

    private void anything() throws InterruptedException {
        for (int pass = chosen.isEmpty() ? 1 : 0; pass < 2; pass++) {
            for (int i = 0; i < hosts.size(); i++) {
                if (hosts.get(i).present() && open(i, pass == 0 ? chosen : "")) {
                    return;
                }
            }
        }
    }

    private boolean open(int index, String device) throws InterruptedException {
        try {
            OutLine fresh = hosts.get(index).openOutput(device);
            host = index;
            onChosen = !device.isEmpty();
            playout.play(fresh);
            LOG.debug("Sound plays on {}", fresh.device());
            return true;
        } catch (IOException e) {
            LOG.debug("The sound device {} cannot be opened: {}", device, e.toString());
            return false;
        }
    }
}
