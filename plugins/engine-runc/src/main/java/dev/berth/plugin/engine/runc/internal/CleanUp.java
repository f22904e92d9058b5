/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal;

import dev.berth.api.error.EngineException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.runc.internal.host.Cgroups;
import dev.berth.plugin.engine.runc.internal.host.Proc;
import dev.berth.plugin.engine.runc.internal.host.Trees;
import dev.berth.plugin.engine.runc.internal.store.ContainerFiles;
import dev.berth.plugin.engine.runc.internal.store.RunState;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes away what killed processes left. Mounts need no care: they live in namespaces that end with their processes. */
final class CleanUp {

    private final Engine engine;
    private final List<String> mended = new ArrayList<>();

    CleanUp(Engine engine) {
        this.engine = engine;
    }

    List<String> run(TaskContext context) throws EngineException, IOException, InterruptedException {
        for (String id : engine.home().ids()) {
            context.checkCancelled();
            engine.home().<Optional<Void>, EngineException>locked("container-" + id, () -> {
                Optional<ContainerFiles> files = engine.home().find(id);
                if (files.isPresent()) {
                    container(id, files.get());
                }
                return Optional.empty();
            });
        }
        if (engine.networks().cleanUp()) {
            mended.add("Ended a router that no container was on.");
        }
        staleState();
        trials();
        if (noneRuns()) {
            Cgroups.removeEmpty(engine.home().mark());
        }
        return mended;
    }

    private void container(String id, ContainerFiles files) throws EngineException, IOException, InterruptedException {
        if (!Files.exists(files.record())) {
            RuncContainer.discard(engine, id, files);
            mended.add("Removed what was left of container " + id + ".");
            return;
        }
        Optional<RunState> run = RunState.latest(files);
        if (run.isEmpty() || run.get().running()) {
            return;
        }
        Trees.delete(files.bundle().resolve("exec"));
        run.get().callOff();
        if (run.get().supervisor().isPresent()) {
            return;
        }
        Path state = engine.state().resolve(id);
        if (Files.exists(state)) {
            Trees.delete(state);
            Cgroups.removeEmpty(engine.home().mark() + "/" + id);
            mended.add("Forgot the dead processes of container " + id + ".");
        }
    }

    /** The runtimes' state of earlier boots. */
    private void staleState() throws IOException {
        try (DirectoryStream<Path> boots =
                Files.newDirectoryStream(engine.home().state())) {
            for (Path boot : boots) {
                if (!boot.getFileName().toString().equals(Proc.bootId())) {
                    Trees.delete(boot);
                    mended.add("Removed the state of an earlier boot.");
                }
            }
        } catch (NoSuchFileException e) {
            // Nothing was ever run.
        }
    }

    private void trials() throws IOException, InterruptedException {
        engine.home().<Optional<Void>, RuntimeException>locked("runtime", () -> {
            try (DirectoryStream<Path> trials =
                    Files.newDirectoryStream(engine.home().root(), "trial-*")) {
                for (Path trial : trials) {
                    deleteWhatMayGrow(trial);
                    mended.add("Removed a trial run that was broken off.");
                }
            }
            return Optional.empty();
        });
    }

    /** A runtime whose Berth was killed goes on to its end, and writes in the folder until then. */
    private static void deleteWhatMayGrow(Path folder) throws IOException, InterruptedException {
        for (int tries = 0; ; tries++) {
            try {
                Trees.delete(folder);
                return;
            } catch (DirectoryNotEmptyException e) {
                if (tries >= 100) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    private boolean noneRuns() throws IOException {
        for (String id : engine.home().ids()) {
            Optional<ContainerFiles> files = engine.home().find(id);
            if (files.isPresent()
                    && RunState.latest(files.get()).filter(RunState::running).isPresent()) {
                return false;
            }
        }
        return true;
    }
}
