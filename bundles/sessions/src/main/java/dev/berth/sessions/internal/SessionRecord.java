/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.session.SessionInfo;
import dev.berth.api.session.SessionState;
import dev.berth.api.share.ShareSpec;
import dev.berth.sessions.SessionManager.StageTime;
import java.time.Instant;
import java.util.List;

/**
 * What {@code session.json} says: what the session is, and what was last done with it. How it stands now only its engine
 * knows.
 *
 * @param user the unprivileged user of the desktop
 * @param display scheme of the display protocol
 * @param sound which sound server runs inside; {@code none} for none
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

    SessionRecord {
        shares = List.copyOf(shares);
        timings = List.copyOf(timings);
    }

    SessionRecord with(Phase next) {
        return with(next, "");
    }

    SessionRecord with(Phase next, String sentence) {
        return new SessionRecord(
                id, name, recipe, engine, image, created, ephemeral, user, display, sound, shares, next, sentence,
                timings);
    }

    SessionRecord withImage(String digest) {
        return new SessionRecord(
                id, name, recipe, engine, digest, created, ephemeral, user, display, sound, shares, phase, failure,
                timings);
    }

    SessionRecord withTimings(List<StageTime> times) {
        return new SessionRecord(
                id, name, recipe, engine, image, created, ephemeral, user, display, sound, shares, phase, failure,
                times);
    }

    SessionInfo info(SessionState state) {
        return new SessionInfo(id, name, state, recipe, engine, image, created);
    }
}
