/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.ServerKey;
import dev.berth.api.error.BerthException;
import dev.berth.platform.settings.SettingsStore;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks about the key of a display once: a key that somebody trusted is remembered under the display's address, in the settings page {@value #PAGE},
 * and another one at that address is asked about with a warning.
 */
final class RememberedKeys implements Credentials {

    static final String PAGE = SettingsStore.TRUST + "displays";

    private static final Logger LOG = LoggerFactory.getLogger(RememberedKeys.class);

    private final Credentials person;
    private final SettingsStore settings;

    /**
     * Remembers what {@code person} answers.
     *
     * @param settings where trusted keys are kept: addresses, and fingerprints
     */
    RememberedKeys(Credentials person, SettingsStore settings) {
        this.person = person;
        this.settings = settings;
    }

    @Override
    public Optional<Login> ask(String realm, boolean needUser) throws InterruptedException {
        return person.ask(realm, needUser);
    }

    @Override
    public boolean trust(ServerKey key) throws InterruptedException {
        Object known = settings.page(PAGE).get(key.realm());
        if (key.fingerprint().equals(known)) {
            return true;
        }
        if (!person.trust(known == null ? key : key.with(ServerKey.Doubt.CHANGED))) {
            return false;
        }
        try {
            settings.update(PAGE, Map.of(key.realm(), key.fingerprint()));
        } catch (BerthException e) {
            // It is asked about again next time, which is no reason to refuse it now.
            LOG.warn("The key of {} is not remembered: {}", key.realm(), e.summary());
        }
        return true;
    }
}
