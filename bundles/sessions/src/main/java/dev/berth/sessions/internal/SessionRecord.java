/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.engine.NetworkSpec;
import dev.berth.api.engine.PortMapping;
import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.share.ShareSpec;
import dev.berth.sessions.SessionManager.StageTime;
import dev.berth.sessions.SessionRequest;
import java.time.Instant;
import java.util.List;

/**
 * What {@code session.json} says: what the session is, and what was last done with it. How it stands now only its engine
 * knows.
 *
 * @param user the unprivileged user of the desktop
 * @param display scheme of the display protocol
 * @param sound which sound server runs inside; {@code none} for none
 * @param launch what its container is made with
 * @param failure one sentence; empty unless {@code phase} is FAILED
 */
record SessionRecord(
        String id,
        String name,
        String recipe,
        String engine,
        String image,
        Instant created,
        boolean ephemeral,
        String user,
        String display,
        String sound,
        List<ShareSpec> shares,
        Launch launch,
        Phase phase,
        String failure,
        List<StageTime> timings) {

    /** What was last done with a session. */
    enum Phase {
        /** Somebody starts it, or died doing so: the session's lock tells. */
        STARTING,
        /** It was up. */
        UP,
        /** Somebody stops it, or died doing so. */
        STOPPING,
        /** It was stopped. */
        DOWN,
        /** It never came up, or went down by itself. */
        FAILED
    }

    /**
     * What was asked of a container, and is asked again when it is made anew from a snapshot.
     *
     * @param width of the screen in pixels; 0 means the recipe's
     * @param memoryBytes 0 means the recipe's
     * @param cpus 0 means the recipe's
     */
    record Launch(int width, int height, long memoryBytes, double cpus, NetworkSpec network, List<PortMapping> ports) {

        static final Launch DEFAULT = new Launch(0, 0, 0, 0, NetworkSpec.OUTGOING, List.of());

        Launch {
            ports = List.copyOf(ports);
        }

        static Launch of(SessionRequest request) {
            return new Launch(
                    request.width(),
                    request.height(),
                    request.memoryBytes(),
                    request.cpus(),
                    request.network(),
                    request.ports());
        }
    }

    SessionRecord {
        shares = List.copyOf(shares);
        timings = List.copyOf(timings);
    }

    SessionRecord with(Phase next) {
        return with(next, "");
    }

    SessionRecord with(Phase next, String sentence) {
        return new SessionRecord(
                id, name, recipe, engine, image, created, ephemeral, user, display, sound, shares, launch, next,
                sentence, timings);
    }

    SessionRecord withImage(String digest) {
        return new SessionRecord(
                id, name, recipe, engine, digest, created, ephemeral, user, display, sound, shares, launch, phase,
                failure, timings);
    }

    SessionRecord withTimings(List<StageTime> times) {
        return new SessionRecord(
                id, name, recipe, engine, image, created, ephemeral, user, display, sound, shares, launch, phase,
                failure, times);
    }

    /** What would start another session like this one, but with free host ports: its own are taken. */
    SessionRequest request(String otherName, boolean throwAway) {
        return new SessionRequest(
                recipe,
                otherName,
                engine,
                throwAway,
                launch.width(),
                launch.height(),
                launch.memoryBytes(),
                launch.cpus(),
                shares,
                launch.network(),
                launch.ports().stream()
                        .map(port -> new PortMapping(0, port.guestPort()))
                        .toList());
    }

    SessionInfo info(SessionState state) {
        return new SessionInfo(id, name, state, recipe, engine, image, created);
    }
}
