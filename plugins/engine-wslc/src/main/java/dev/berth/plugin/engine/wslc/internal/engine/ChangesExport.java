/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.error.EngineException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.wslc.internal.TarEntries;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of a container as a layer. {@code wslc} neither commits nor tells what differs; it exports all files. So the
 * files of the container are compared with those of one that was made of the same image and never started.
 */
final class ChangesExport {

    private static final Logger LOG = LoggerFactory.getLogger(ChangesExport.class);
    private static final int BUFFER = 1 << 20;

    private final Wslc wslc;
    private final Path scratch;
    /** The files of the last image: a build exports several times, and images are large. */
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

    private record Known(String image, Map<String, String> files) {}

    ChangesExport(Wslc wslc, Path scratch) {
        this.wslc = wslc;
        this.scratch = scratch;
    }

    /**
     * Writes the layer.
     *
     * @param container its name in the session
     * @param image what it was made from
     * @param leftOut paths without a leading slash that are not the container's own, with all below them
     */
    void write(String container, String image, Set<String> leftOut, OutputStream out, TaskContext context)
            throws EngineException, InterruptedException {
        Path file = ImageLoad.scratchFile(scratch, "changes", ".tar");
        try {
            Map<String, String> base = base(image, context);
            export(container, file);
            Map<String, String> now = Base.of(file, context);
            Set<String> changed = new HashSet<>();
            now.forEach((path, print) -> {
                if (!print.equals(base.get(path)) && !isUnder(path, leftOut)) {
                    changed.add(path);
                }
            });
            Set<String> gone = new TreeSet<>();
            for (String path : base.keySet()) {
                if (!now.containsKey(path) && !isUnder(path, leftOut) && isFolder(now, parent(path))) {
                    gone.add(path);
                }
            }
            copy(file, changed, gone, out, context);
        } catch (IOException e) {
            context.checkCancelled();
            throw new EngineException("engine.export", "The changes of the container cannot be read.", e);
        } finally {
            ImageLoad.delete(file);
        }
    }

    private Map<String, String> base(String image, TaskContext context)
            throws EngineException, InterruptedException, IOException {
        Known last = known.get();
        if (last != null && last.image().equals(image)) {
            return last.files();
        }
        String pristine = Names.PRISTINE + UUID.randomUUID();
        Path file = ImageLoad.scratchFile(scratch, "base", ".tar");
        try {
            wslc.must(
                    "engine.export",
                    "The files of the image cannot be read.",
                    Wslc.LIMIT,
                    List.of("create", "--name", pristine, "--network", "none", "--entrypoint", "/bin/sh", image));
            export(pristine, file);
            Map<String, String> files = Base.of(file, context);
            known.set(new Known(image, files));
            return files;
        } finally {
            ImageLoad.delete(file);
            forget(pristine);
        }
    }

    private void export(String container, Path file) throws EngineException, InterruptedException {
        wslc.must(
                "engine.export",
                "The files of the container cannot be exported.",
                Wslc.LONG,
                List.of("export", "--output", file.toString(), container));
    }

    private void forget(String container) {
        boolean interrupted = Thread.interrupted();
        try {
            wslc.run("rm", "--force", container);
        } catch (EngineException e) {
            LOG.warn("The container {} is left: {}", container, e.summary());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void copy(Path file, Set<String> changed, Set<String> gone, OutputStream to, TaskContext context)
            throws IOException, InterruptedException {
        OutputStream out = new BufferedOutputStream(to, BUFFER);
        Set<String> broken = new HashSet<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            TarEntries entries = new TarEntries(in);
            for (TarEntries.Entry entry = entries.next(); entry != null; entry = entries.next()) {
                context.checkCancelled();
                if (!changed.contains(entry.name())) {
                    continue;
                }
                if (entry.type() == '1' && !changed.contains(entry.link())) {
                    // A new name for a file of the image: a layer cannot link into those below it.
                    broken.add(entry.name());
                    continue;
                }
                TarEntries.copy(entry, entries.content(), out);
            }
        }
        if (!broken.isEmpty()) {
            writeInFull(file, broken, out, context);
        }
        for (String path : gone) {
            String parent = parent(path);
            String name = path.substring(parent.isEmpty() ? 0 : parent.length() + 1);
            TarEntries.writeEmpty(out, (parent.isEmpty() ? "" : parent + "/") + ".wh." + name);
        }
        TarEntries.end(out);
        out.flush();
    }

    /** Links to files of the image become files of their own. */
    private static void writeInFull(Path file, Set<String> links, OutputStream out, TaskContext context)
            throws IOException, InterruptedException {
        Map<String, Set<String>> byTarget = new java.util.HashMap<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            TarEntries entries = new TarEntries(in);
            for (TarEntries.Entry entry = entries.next(); entry != null; entry = entries.next()) {
                if (links.contains(entry.name())) {
                    byTarget.computeIfAbsent(entry.link(), key -> new TreeSet<>())
                            .add(entry.name());
                }
            }
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            TarEntries entries = new TarEntries(in);
            for (TarEntries.Entry entry = entries.next(); entry != null; entry = entries.next()) {
                context.checkCancelled();
                Set<String> names = byTarget.get(entry.name());
                if (names == null || entry.type() == '1') {
                    continue;
                }
                Path content = Files.createTempFile(file.toAbsolutePath().getParent(), "link", "");
                try {
                    try (OutputStream copy = Files.newOutputStream(content)) {
                        entries.content().transferTo(copy);
                    }
                    String first = "";
                    for (String name : names) {
                        try (InputStream again = first.isEmpty()
                                ? Files.newInputStream(content)
                                : new ByteArrayInputStream(new byte[0])) {
                            TarEntries.copy(entry.renamed(name, first), again, out);
                        }
                        first = first.isEmpty() ? name : first;
                    }
                } finally {
                    ImageLoad.delete(content);
                }
            }
        }
    }

    /** A file below what is no folder any more went with that folder. */
    private static boolean isFolder(Map<String, String> files, String path) {
        return path.isEmpty() || files.getOrDefault(path, "").startsWith("5");
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private static boolean isUnder(String path, Set<String> folders) {
        for (String prefix = path; !prefix.isEmpty(); prefix = parent(prefix)) {
            if (folders.contains(prefix)) {
                return true;
            }
        }
        return false;
    }
}
