/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.ServerKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers for a display that is joined again what was answered when it was joined first, so that no question comes up by itself. A server with
 * another key is refused then. Kept in memory, and no longer than the display.
 */
final class KeptAnswers implements Credentials {

    private final Credentials first;
    private volatile boolean joined;
    private volatile Optional<Login> login = Optional.empty();
    private volatile @Nullable String fingerprint;

    KeptAnswers(Credentials first) {
        this.first = first;
    }

    /** The display was joined: from here on nobody is asked. */
    void joined() {
        joined = true;
    }

    @Override
    public Optional<Login> ask(String realm, boolean needUser) throws InterruptedException {
        if (!joined) {
            login = first.ask(realm, needUser);
        }
        return login;
    }

    @Override
    public boolean trust(ServerKey key) throws InterruptedException {
        if (joined) {
            return key.fingerprint().equals(fingerprint);
        }
        boolean trusted = first.trust(key);
        fingerprint = trusted ? key.fingerprint() : null;
        return trusted;
    }
}
