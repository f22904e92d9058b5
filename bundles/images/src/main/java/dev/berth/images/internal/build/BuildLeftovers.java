/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.build;

import dev.berth.api.engine.Container;
import dev.berth.api.engine.ContainerEngine;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.ImageException;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.home.BerthHome;
import dev.berth.platform.home.HomeLock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the build containers whose process has died: nobody holds the lock of their recipe's build. */
final class BuildLeftovers {

    private final BerthHome home;

    BuildLeftovers(BerthHome home) {
        this.home = home;
    }

    /** The lock that a build holds. */
    static Path lock(BerthHome home, String recipe) {
        return home.locks().resolve("build-" + recipe + ".lock");
    }

    /**
     * Takes them away.
     *
     * @param own the recipe whose lock the caller holds; empty if none
     */
    List<String> remove(ContainerEngine engine, String own, TaskContext context)
            throws BerthException, InterruptedException {
        List<String> mended = new ArrayList<>();
        List<Container> containers = engine.containers(context);
        Set<String> recipes = new TreeSet<>();
        containers.forEach(container -> BuildContainer.recipe(container.id()).ifPresent(recipes::add));
        try {
            folders()
                    .forEach(
                            folder -> BuildContainer.recipe(folder.getFileName().toString())
                                    .ifPresent(recipes::add));
            for (String recipe : recipes) {
                if (recipe.equals(own)) {
                    remove(recipe, containers, mended, context);
                    continue;
                }
                Optional<HomeLock> lock = HomeLock.tryAcquire(lock(home, recipe));
                if (lock.isPresent()) {
                    try (HomeLock held = lock.get()) {
                        remove(recipe, containers, mended, context);
                    }
                }
            }
        } catch (IOException e) {
            throw new ImageException("image.build.cleanup", "What dead builds left cannot be taken away.", e);
        }
        return mended;
    }

    private void remove(String recipe, List<Container> containers, List<String> mended, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        for (Container container : containers) {
            if (BuildContainer.recipe(container.id()).filter(recipe::equals).isPresent()) {
                container.remove(context);
                mended.add("Took away " + container.id() + ", which an interrupted build left.");
            }
        }
        for (Path folder : folders()) {
            if (BuildContainer.recipe(folder.getFileName().toString())
                    .filter(recipe::equals)
                    .isPresent()) {
                BuildContainer.deleteFolder(folder);
            }
        }
    }

    private List<Path> folders() throws IOException {
        List<Path> found = new ArrayList<>();
        Path folders = BuildContainer.folders(home);
        if (Files.isDirectory(folders)) {
            try (DirectoryStream<Path> list = Files.newDirectoryStream(folders)) {
                list.forEach(found::add);
            }
        }
        return found;
    }
}
