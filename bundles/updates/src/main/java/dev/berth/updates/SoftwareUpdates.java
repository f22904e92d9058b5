/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.updates;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.settings.SettingsStore;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings newer Berths into the home, for the next start. A service. All calls block; any thread.
 *
 * <p>Off until the settings page {@value #PAGE} names a site: {@value #ADDRESS}, the address of a folder ({@code https:}, {@code file:}, or
 * {@code http:} on this machine), and {@value #KEY}, the public key of those who sign (Ed25519, RFC 8032; its SubjectPublicKeyInfo of RFC
 * 8410 in base64). The installation itself is never changed: what an update replaces lies in {@code updates} below the home, and the launcher
 * takes it instead. The launcher, the libraries beside it and Java are not replaced this way.
 */
@ProviderType
public interface SoftwareUpdates {

    /** The settings page. */
    String PAGE = SettingsStore.TRUST + "updates";

    /** The value that names the site. */
    String ADDRESS = "address";

    /** The value that holds the public key. */
    String KEY = "key";

    /**
     * Names the site, for this call and all later ones.
     *
     * @param address null to keep the one that is set; empty switches updates off
     * @param key null to keep the one that is set
     * @throws BerthException if there can be no site at the address, or the key is none; what was set before stays
     */
    void site(@Nullable String address, @Nullable String key) throws BerthException;

    /**
     * Asks the site what it offers.
     *
     * @throws BerthException if no site is set, it cannot be reached, its list is not signed with the key, or is older than one seen before
     */
    Release check(TaskContext context) throws BerthException, InterruptedException;

    /**
     * Brings what the site offers into the home and has the next start run it. Each file is checked against the signed list; those that are
     * here already are not fetched. When cancelled or killed, the Berth of the next start is the one from before, and what has arrived is
     * kept.
     *
     * @throws BerthException as {@link #check}; if a file is not what the list says; if the new Berth needs another launcher
     */
    Release take(TaskContext context) throws BerthException, InterruptedException;

    /**
     * Has the next start run what ran before the last update.
     *
     * @return its version and build, or the empty string for the Berth that was installed
     * @throws BerthException if there is no update to take back
     */
    String goBack() throws BerthException, InterruptedException;
}
