/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.updates.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.home.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What updates leave in the home, in {@code updates}: {@code trees/VERSION-BUILD}, each a whole distribution without its launcher, and two
 * files of one line, {@code current} and {@code previous}, that name a tree. The launcher reads {@code current}, and takes a tree only if
 * its {@code conf/base.id} is the build of the installation that starts it.
 */
final class Trees {

    private static final String CURRENT = "current";
    private static final String PREVIOUS = "previous";
    private static final String BASE = "conf/base.id";
    private static final String BUILD = "conf/build.id";

    private final Path folder;
    private final Path install;

    /**
     * The trees of a home.
     *
     * @param folder {@code updates} of the home
     * @param install the installation
     */
    Trees(Path folder, Path install) {
        this.folder = folder;
        this.install = install;
    }

    /** Returns the tree that the next start runs: that of an update, or the installation. */
    Path next() throws IOException {
        Optional<Path> tree = line(CURRENT).map(this::tree);
        return tree.isPresent() && fits(tree.get()) ? tree.get() : install;
    }

    /** Returns the build of a tree. */
    String build(Path tree) throws IOException {
        return Files.readString(tree.resolve(BUILD)).strip();
    }

    private boolean fits(Path tree) throws IOException {
        try {
            return Files.readString(tree.resolve(BASE)).strip().equals(build(install));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path tree(String name) {
        return folder.resolve("trees").resolve(name);
    }

    private Path download(ReleaseList.Item item) {
        return folder.resolve("files").resolve(item.sha256());
    }

    /** Returns where files of the list lie already, by name: in the installation, in the tree of the next start, or fetched before. */
    Map<String, Path> here(ReleaseList list) throws IOException {
        Path next = next();
        Map<String, Path> here = new HashMap<>();
        for (Map.Entry<String, ReleaseList.Item> file : list.files().entrySet()) {
            String name = file.getKey();
            for (Path candidate : List.of(install.resolve(name), next.resolve(name), download(file.getValue()))) {
                if (Digests.matches(candidate, file.getValue())) {
                    here.put(name, candidate);
                    break;
                }
            }
        }
        return here;
    }

    /** Fetches what is missing. What arrived stays, also if the rest does not. */
    void fetch(List<ReleaseList.Item> missing, UpdateSite site, TaskContext context)
            throws BerthException, InterruptedException, IOException {
        Files.createDirectories(folder.resolve("files"));
        for (ReleaseList.Item item : missing) {
            context.checkCancelled();
            site.fetch(item, download(item), context);
        }
    }

    /**
     * Puts a tree together.
     *
     * @param here what {@link #here} told; all other files were fetched since
     */
    void assemble(ReleaseList list, Map<String, Path> here) throws IOException {
        Path tree = tree(list.folder());
        Path part = AtomicFiles.temporary(tree);
        try {
            for (Map.Entry<String, ReleaseList.Item> file : list.files().entrySet()) {
                Path target = part.resolve(file.getKey());
                Files.createDirectories(target.resolveSibling("."));
                Path source = here.getOrDefault(file.getKey(), download(file.getValue()));
                Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            Files.writeString(part.resolve(BASE), build(install) + "\n");
            AtomicFiles.deleteTree(tree);
            Files.move(part, tree, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            AtomicFiles.deleteTree(part);
        }
    }

    /** Has the next start run a tree, and deletes what no start can run any more. */
    void choose(ReleaseList list) throws IOException {
        Path before = next();
        String name = list.folder();
        if (!before.endsWith(name)) {
            AtomicFiles.write(folder.resolve(PREVIOUS), before.equals(install) ? "" : before.getFileName() + "\n");
        }
        AtomicFiles.write(folder.resolve(CURRENT), name + "\n");
        deleteOthers();
        AtomicFiles.deleteTree(folder.resolve("files"));
    }

    /**
     * Has the next start run what ran before the last update.
     *
     * @return the tree of the next start; empty when there was no update to take back
     */
    Optional<Path> goBack() throws IOException {
        if (next().equals(install)) {
            return Optional.empty();
        }
        Optional<String> previous = line(PREVIOUS).filter(name -> Files.isDirectory(tree(name)));
        Files.deleteIfExists(folder.resolve(PREVIOUS));
        if (previous.isPresent()) {
            AtomicFiles.write(folder.resolve(CURRENT), previous.get() + "\n");
        } else {
            Files.delete(folder.resolve(CURRENT));
        }
        return Optional.of(next());
    }

    private void deleteOthers() throws IOException {
        List<String> kept = Stream.of(CURRENT, PREVIOUS)
                .flatMap(name -> line(name).stream())
                .toList();
        try (Stream<Path> trees = Files.list(folder.resolve("trees"))) {
            for (Path tree : trees.toList()) {
                // A process that still runs one keeps its open files; those of a killed update are in nobody's way.
                if (!kept.contains(tree.getFileName().toString())) {
                    AtomicFiles.deleteTree(tree);
                }
            }
        }
    }

    private Optional<String> line(String file) {
        try {
            String name = Files.readString(folder.resolve(file)).strip();
            return name.matches("[0-9A-Za-z][0-9A-Za-z.+-]*") ? Optional.of(name) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
