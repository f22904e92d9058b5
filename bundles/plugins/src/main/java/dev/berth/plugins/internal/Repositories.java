/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.plugins.PluginOffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** Makes repositories of plugins, and looks into those of others. */
final class Repositories {

    private Repositories() {}

    /** Writes the index of the jars that lie in a folder; returns how many. Refuses to list what nobody could install. */
    static int index(Path folder, TaskContext context) throws BerthException, IOException, InterruptedException {
        List<RepositoryIndex.Entry> entries = new ArrayList<>();
        long newest = 0;
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
        for (Path jar : jars) {
            context.checkCancelled();
            newest = Math.max(newest, Files.getLastModifiedTime(jar).toMillis());
            entries.add(
                    new RepositoryIndex.Entry(JarCheck.inspect(jar, jar.toString()), relative(jar), Files.size(jar)));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        RepositoryIndex.write(bytes, name, newest, entries);
        AtomicFiles.write(folder.resolve(RepositoryIndex.FILE), bytes.toByteArray());
        return entries.size();
    }

    private static String relative(Path jar) throws IOException {
        try {
            // "./" keeps a colon in a name from looking like a scheme.
            return new URI(null, null, "./" + jar.getFileName(), null).toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** Returns what a repository offers: by name, of each the newest first. */
    static List<PluginOffer> offers(RepositoryAddress repository, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Path file = Files.createTempFile("berth", RepositoryIndex.FILE);
        try {
            Download.fetch(repository.index(), file, context);
            return RepositoryIndex.read(file, repository).stream()
                    .sorted(Comparator.comparing(PluginOffer::name)
                            .thenComparing(offer -> Version.parseVersion(offer.version()), Comparator.reverseOrder()))
                    .toList();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Returns the newest that {@code source}, a repository and a name, offers. */
    static PluginOffer newest(String source, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        RepositoryAddress repository = RepositoryAddress.ofSource(source);
        String name = RepositoryAddress.nameOfSource(source);
        return offers(repository, context).stream()
                .filter(offer -> offer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problems.invalid(
                        "plugin.notoffered",
                        "The repository " + repository + " has no plugin named " + name + ".",
                        "berth plugin search --repository " + repository + " lists what it has.",
                        null));
    }
}
