/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Installs, lists and removes plugins. It changes the {@code plugins} folder of the home; a Berth with a window follows that folder, so what
 * one process installs starts in the others at once.
 */
@ProviderType
@OnWorker
public interface PluginManager {

    /** Asks the person before something happens that only they can answer for. */
    @FunctionalInterface
    interface Consent {
        /** Whether to go on with {@code plugin}; {@code question} is one sentence. */
        boolean given(PluginInfo plugin, String question) throws BerthException;
    }

    /** What is in the home, by name. */
    List<InstalledPlugin> installed() throws BerthException;

    /**
     * Installs a plugin, or replaces an older version of it, which is kept for {@link #rollBack}.
     *
     * <p>Before the home changes the jar is checked: that it is whole, that its signature holds and is by whom it was before, that it takes
     * nobody else's name or packages, and that this Berth has what it needs.
     *
     * @param source a file, or an address that begins with {@code http://}, {@code https://} or {@code file:}; or what {@link #inRepository} returns
     * @param sha256 what the jar must hash to, in hex; empty when nobody said
     * @param consent asked when the plugin is not signed, or not by a known signer
     */
    PluginInfo install(String source, String sha256, Consent consent, TaskContext context)
            throws BerthException, InterruptedException;

    /** Returns the source that stands for the newest version of {@code name} in {@code repository}, now and at each update. */
    String inRepository(String repository, String name) throws BerthException;

    /**
     * Asks a repository what it offers.
     *
     * @param repository a folder, or an address that begins with {@code http://} or {@code https://}
     * @return by name, and of each name the newest first
     */
    List<PluginOffer> offers(String repository, TaskContext context) throws BerthException, InterruptedException;

    /**
     * Says who owns a repository: from now on its index must be signed with this key, and one that is not is refused.
     *
     * @param key an Ed25519 public key, as {@code openssl pkey -pubout} writes it; empty forgets the owner
     */
    void repositoryKey(String repository, String key) throws BerthException;

    /**
     * Makes a folder of jars a repository: writes {@code index.xml.gz} there, which any web server can offer beside them.
     *
     * @param key an Ed25519 private key in PKCS #8, with which the index is signed, in {@code index.xml.gz.sig}; empty for no signature
     * @return how many plugins it lists
     * @throws BerthException also when a jar in it could not be installed; the index stays as it was
     */
    int index(Path folder, String key, TaskContext context) throws BerthException, InterruptedException;

    /** Installs again from where the plugin came from. */
    PluginInfo update(String name, Consent consent, TaskContext context) throws BerthException, InterruptedException;

    /** Takes back the last update. */
    PluginInfo rollBack(String name) throws BerthException, InterruptedException;

    /** Switches a plugin on or off. */
    void enable(String name, boolean enabled) throws BerthException, InterruptedException;

    /** Removes a plugin and all that is kept of it. */
    void remove(String name) throws BerthException, InterruptedException;
}
