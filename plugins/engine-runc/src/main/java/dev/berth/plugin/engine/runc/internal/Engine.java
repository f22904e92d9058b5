/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.error.EngineException;
import dev.berth.plugin.engine.runc.internal.host.Commands;
import dev.berth.plugin.engine.runc.internal.host.Elevation;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import dev.berth.plugin.engine.runc.internal.host.Signals;
import dev.berth.plugin.engine.runc.internal.host.Trees;
import dev.berth.plugin.engine.runc.internal.net.Networks;
import dev.berth.plugin.engine.runc.internal.store.EngineHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the parts of the engine share. */
final class Engine {

    static final Logger LOG = LoggerFactory.getLogger("dev.berth.plugin.engine.runc");

    private final EngineHome home;
    private final Elevation elevation;
    private final RuntimeChooser runtimes;
    private final Networks networks;
    private final GuestFiles guestFiles;
    private final Signals signals;
    private final StateWatcher watcher = new StateWatcher();

    Engine(EngineHome home, Elevation elevation, Supplier<List<Path>> programs) {
        this.home = home;
        this.elevation = elevation;
        runtimes = new RuntimeChooser(home, elevation, programs);
        networks = new Networks(home, elevation);
        guestFiles = new GuestFiles();
        signals = new Signals(elevation);
    }

    EngineHome home() {
        return home;
    }

    Elevation elevation() {
        return elevation;
    }

    RuntimeChooser runtimes() {
        return runtimes;
    }

    Networks networks() {
        return networks;
    }

    GuestFiles guestFiles() {
        return guestFiles;
    }

    Signals signals() {
        return signals;
    }

    StateWatcher watcher() {
        return watcher;
    }

    /** Deletes folders whose files may belong to the ids of guests. */
    void delete(List<Path> folders) throws EngineException, IOException, InterruptedException {
        if (!elevation.rootless()) {
            for (Path folder : folders) {
                Trees.delete(folder);
            }
            return;
        }
        List<String> command = new ArrayList<>(List.of("rm", "-rf", "--one-file-system", "--"));
        folders.forEach(folder -> command.add(folder.toString()));
        Commands.check("The files of a container cannot be deleted.", elevation.command(command));
    }

    /** Where the runtime keeps its state; of no use after the host was booted again. */
    Path state() throws IOException {
        return Files.createDirectories(home.state().resolve(Proc.bootId()));
    }
}
