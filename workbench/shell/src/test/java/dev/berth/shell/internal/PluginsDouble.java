/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.TaskContext;
import dev.berth.plugins.InstalledPlugin;
import dev.berth.plugins.InstalledPlugin.State;
import dev.berth.plugins.PluginInfo;
import dev.berth.plugins.PluginManager;
import dev.berth.plugins.PluginOffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;

/** A manager that remembers what plugins there are, and installs what is asked for. */
final class PluginsDouble implements PluginManager {

    final Map<String, InstalledPlugin> all = new ConcurrentSkipListMap<>();

    static PluginInfo info(String name, String version, String title, String description, String signer) {
        return new PluginInfo(
                name, version, title, description, "Example Ltd", signer, signer.isEmpty() ? "" : "ab12", "c0ffee");
    }

    void put(PluginInfo info, State state, String problem, boolean canRollBack) {
        all.put(info.name(), new InstalledPlugin(info, state, problem, "https://example.org/x.jar", canRollBack));
    }

    /** How one stands that must be there. */
    State state(String name) {
        return Objects.requireNonNull(all.get(name)).state();
    }

    /** The version of one that must be there. */
    String version(String name) {
        return Objects.requireNonNull(all.get(name)).info().version();
    }

    private InstalledPlugin of(String name) throws BerthException {
        InstalledPlugin known = all.get(name);
        if (known == null) {
            throw new BerthException(
                    "plugin.unknown", ErrorKind.INVALID, "No plugin named " + name + ".", "", Remedy.NONE, null);
        }
        return known;
    }

    @Override
    public List<InstalledPlugin> installed() {
        return List.copyOf(all.values());
    }

    @Override
    public PluginInfo install(String source, String sha256, Consent consent, TaskContext context)
            throws BerthException {
        PluginInfo info = info("org.example.fresh", "1.0.0", "Fresh", "Came from " + source, "");
        if (!consent.given(info, "The plugin org.example.fresh 1.0.0 is not signed by anybody. Install it?")) {
            throw new BerthException(
                    "plugin.refused", ErrorKind.INVALID, "It was not installed.", "", Remedy.NONE, null);
        }
        put(info, State.RUNNING, "", false);
        return info;
    }

    @Override
    public String inRepository(String repository, String name) {
        return "repository:" + repository + "#" + name;
    }

    @Override
    public List<PluginOffer> offers(String repository, TaskContext context) {
        return List.of(new PluginOffer("org.example.offered", "2.1.0", "Counts sheep.", "/tmp/x.jar", "00"));
    }

    @Override
    public void repositoryKey(String repository, String key) {}

    @Override
    public int index(Path folder, String key, TaskContext context) {
        return 0;
    }

    @Override
    public PluginInfo update(String name, Consent consent, TaskContext context) throws BerthException {
        PluginInfo old = of(name).info();
        PluginInfo info = info(name, "1.1.0", old.title(), old.description(), old.signer());
        put(info, State.RUNNING, "", true);
        return info;
    }

    @Override
    public PluginInfo rollBack(String name) throws BerthException {
        PluginInfo old = of(name).info();
        PluginInfo info = info(name, "1.0.0", old.title(), old.description(), old.signer());
        put(info, State.RUNNING, "", false);
        return info;
    }

    @Override
    public void enable(String name, boolean enabled) throws BerthException {
        InstalledPlugin old = of(name);
        put(old.info(), enabled ? State.RUNNING : State.DISABLED, "", old.canRollBack());
    }

    @Override
    public void remove(String name) throws BerthException {
        all.remove(of(name).info().name());
    }
}
