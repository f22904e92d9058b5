/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.plugins.InstalledPlugin;
import dev.berth.plugins.PluginInfo;
import dev.berth.plugins.PluginManager;
import dev.berth.plugins.PluginOffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;

/** The plugins of one home. */
@Component(service = PluginManager.class)
public final class HomePluginManager implements PluginManager {

    private final PluginFiles files;
    private final Framework framework;
    private final Path lock;
    private final SettingsStore settings;

    /** For the framework. */
    @Activate
    public HomePluginManager(
            BundleContext context,
            @Reference BerthHome home,
            @Reference SettingsStore settings,
            @Reference(target = "(berth.explain=true)") Function<Bundle, String> explainer) {
        this.files = new PluginFiles(home.plugins());
        this.settings = settings;
        this.lock = home.locks().resolve("plugins");
        this.framework = new Framework(context, explainer, home.plugins());
    }

    @Override
    public List<InstalledPlugin> installed() throws BerthException {
        try {
            List<InstalledPlugin> all = new ArrayList<>();
            for (String name : files.names()) {
                all.add(describe(name));
            }
            return all;
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }

    private InstalledPlugin describe(String name) throws IOException {
        Path jar = files.jar(name).orElseThrow(() -> new IOException(name + " has just been removed"));
        Properties record = files.record(name);
        String source = record.getProperty(PluginFiles.SOURCE, "");
        boolean canRollBack = Files.isRegularFile(files.old(name));
        PluginInfo info;
        try {
            info = JarCheck.inspect(jar, name);
        } catch (BerthException e) {
            PluginInfo unknown = new PluginInfo(name, "0.0.0", name, "", "", "", "", "");
            return new InstalledPlugin(unknown, InstalledPlugin.State.FAILED, e.summary(), source, canRollBack);
        }
        if (!files.enabled(name)) {
            return new InstalledPlugin(info, InstalledPlugin.State.DISABLED, "", source, canRollBack);
        }
        String pinned = record.getProperty(PluginFiles.DIGEST, info.sha256());
        if (!pinned.equals(info.sha256()) && !info.sha256().equals(record.getProperty(PluginFiles.DIGEST_BEFORE, ""))) {
            return new InstalledPlugin(
                    info,
                    InstalledPlugin.State.FAILED,
                    "its jar is not the one that was installed; remove it and install it again.",
                    source,
                    canRollBack);
        }
        Optional<Bundle> bundle = framework.of(jar);
        if (bundle.isPresent() && bundle.get().getState() == Bundle.INSTALLED) {
            String problem = framework.explain(bundle.get());
            return new InstalledPlugin(info, InstalledPlugin.State.FAILED, problem, source, canRollBack);
        }
        if (bundle.isPresent() && bundle.get().getState() == Bundle.RESOLVED && !isFragment(bundle.get())) {
            return new InstalledPlugin(
                    info, InstalledPlugin.State.FAILED, "it fails as it starts.", source, canRollBack);
        }
        // Not known to this process yet, and running in those that follow the folder.
        return new InstalledPlugin(info, InstalledPlugin.State.RUNNING, "", source, canRollBack);
    }

    private static boolean isFragment(Bundle bundle) {
        return bundle.getHeaders().get("Fragment-Host") != null;
    }

    @Override
    public PluginInfo install(String source, String sha256, Consent consent, TaskContext context)
            throws BerthException, InterruptedException {
        String from = Download.absolute(source);
        Path incoming = null;
        try {
            incoming = files.temporary();
            boolean offered = RepositoryAddress.names(from);
            PluginInfo info = offered ? take(from, incoming, context) : take(from, source, incoming, context);
            if (!sha256.isEmpty() && !sha256.equalsIgnoreCase(info.sha256())) {
                throw Problems.invalid(
                        "plugin.digest",
                        source + " is not the jar that was asked for: its SHA-256 is " + info.sha256() + ".",
                        "Get it again from its author.",
                        null);
            }
            if (offered) {
                checkNotOlder(info);
            }
            framework.checkName(info.name());
            Properties before = files.record(info.name());
            checkSigner(info, before, consent);
            framework.checkNeeds(incoming, info.name());
            Properties record = new Properties();
            record.setProperty(PluginFiles.SOURCE, from);
            record.setProperty(PluginFiles.DIGEST, info.sha256());
            record.setProperty(PluginFiles.SIGNER, info.signerDigest());
            Path jar = incoming;
            change(() -> files.put(info.name(), jar, record));
            return info;
        } catch (IOException e) {
            throw Problems.disk(e);
        } finally {
            delete(incoming);
        }
    }

    private static PluginInfo take(String from, String label, Path incoming, TaskContext context)
            throws BerthException, InterruptedException {
        Download.fetch(from, incoming, context);
        return JarCheck.inspect(incoming, label);
    }

    /** Takes what a repository offers, if it is what its index says. */
    private PluginInfo take(String source, Path incoming, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        PluginOffer offer = Repositories.newest(source, settings.page(Repositories.PAGE), context);
        PluginInfo info = take(offer.address(), offer.address(), incoming, context);
        if (!info.sha256().equalsIgnoreCase(offer.sha256()) || !info.name().equals(offer.name())) {
            throw Problems.invalid(
                    "plugin.digest",
                    offer.address() + " is not the jar of " + offer.name() + " that the repository's index lists.",
                    "Its owner makes the index anew with: berth plugin index FOLDER",
                    null);
        }
        return info;
    }

    /** An old index that somebody kept must not bring back what was mended since. */
    private void checkNotOlder(PluginInfo info) throws BerthException {
        Optional<Path> present = files.jar(info.name());
        if (present.isEmpty()) {
            return;
        }
        String here = JarCheck.inspect(present.get(), info.name()).version();
        if (Version.parseVersion(info.version()).compareTo(Version.parseVersion(here)) < 0) {
            throw Problems.invalid(
                    "plugin.older",
                    "The repository offers " + info.name() + " " + info.version()
                            + ", which is older than the installed " + here + ".",
                    "If you want the older one, remove the plugin first: berth plugin rm " + info.name(),
                    null);
        }
    }

    private static void checkSigner(PluginInfo info, Properties before, Consent consent) throws BerthException {
        String known = before.getProperty(PluginFiles.SIGNER, "");
        if (!known.isEmpty() && !known.equals(info.signerDigest())) {
            throw Problems.invalid(
                    "plugin.signer",
                    "The plugin " + info.name() + " is installed as signed by one, and this jar is signed by "
                            + (info.signed() ? "another: " + info.signer() : "nobody") + ".",
                    "If you trust it, remove the plugin and install it again: berth plugin rm " + info.name(),
                    null);
        }
        if (info.signed() && known.equals(info.signerDigest())) {
            return;
        }
        String question = info.signed()
                ? "The plugin " + info.name() + " " + info.version() + " is signed by " + info.signer()
                        + ". It may do all that Berth may. Install it?"
                : "The plugin " + info.name() + " " + info.version()
                        + " is not signed by anybody, and may do all that Berth may. Install it?";
        if (!consent.given(info, question)) {
            throw Problems.invalid(
                    "plugin.consent",
                    "The plugin " + info.name() + " was not installed.",
                    "Say --yes to install it.",
                    null);
        }
    }

    private static void delete(@Nullable Path incoming) {
        if (incoming != null) {
            try {
                Files.deleteIfExists(incoming);
            } catch (IOException e) {
                LoggerFactory.getLogger(HomePluginManager.class).debug("{} stays", incoming, e);
            }
        }
    }

    @Override
    public String inRepository(String repository, String name) throws BerthException {
        return RepositoryAddress.of(repository).source(name);
    }

    @Override
    public List<PluginOffer> offers(String repository, TaskContext context)
            throws BerthException, InterruptedException {
        try {
            return Repositories.offers(RepositoryAddress.of(repository), settings.page(Repositories.PAGE), context);
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }

    @Override
    public void repositoryKey(String repository, String key) throws BerthException {
        Map<String, @Nullable String> change = new HashMap<>();
        String kept = key.strip();
        if (kept.isEmpty()) {
            change.put(RepositoryAddress.of(repository).text(), null);
        } else {
            Repositories.owner(kept);
            change.put(RepositoryAddress.of(repository).text(), kept);
        }
        settings.update(Repositories.PAGE, change);
    }

    @Override
    public int index(Path folder, String key, TaskContext context) throws BerthException, InterruptedException {
        try {
            return Repositories.index(folder, key, context);
        } catch (IOException e) {
            throw Problems.invalid("plugin.index", "The folder " + folder + " cannot be indexed: " + e, "", e);
        }
    }

    @Override
    public PluginInfo update(String name, Consent consent, TaskContext context)
            throws BerthException, InterruptedException {
        check(name);
        try {
            String source = files.record(name).getProperty(PluginFiles.SOURCE, "");
            if (source.isEmpty()) {
                throw Problems.invalid(
                        "plugin.source",
                        "Nobody knows where the plugin " + name + " came from.",
                        "Install the new version from its file or address.",
                        null);
            }
            return install(source, "", consent, context);
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }

    @Override
    public PluginInfo rollBack(String name) throws BerthException, InterruptedException {
        try {
            change(() -> {
                check(name);
                if (!Files.isRegularFile(files.old(name))) {
                    throw Problems.invalid(
                            "plugin.nothing", "No version of " + name + " from before is kept.", "", null);
                }
                files.rollBack(name);
            });
            return JarCheck.inspect(files.jar(name).orElseThrow(() -> Problems.unknown(name)), name);
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }

    @Override
    public void enable(String name, boolean enabled) throws BerthException, InterruptedException {
        try {
            change(() -> {
                check(name);
                if (files.enabled(name) != enabled) {
                    files.enable(name, enabled);
                }
            });
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }

    @Override
    public void remove(String name) throws BerthException, InterruptedException {
        try {
            change(() -> {
                check(name);
                files.remove(name);
            });
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }

    /** A change of the folder. */
    private interface Change {
        void make() throws BerthException, IOException;
    }

    /** Makes a change while no other Berth changes the folder. */
    private void change(Change change) throws BerthException, IOException, InterruptedException {
        try (HomeLock ignored = HomeLock.acquire(lock, () -> {}, TaskContext.silent())) {
            change.make();
        }
    }

    private void check(String name) throws BerthException {
        try {
            if (!files.names().contains(name)) {
                throw Problems.unknown(name);
            }
        } catch (IOException e) {
            throw Problems.disk(e);
        }
    }
}
