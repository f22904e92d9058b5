/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugins.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.platform.signature.Ed25519;
import dev.berth.plugins.PluginOffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** Makes repositories of plugins, and looks into those of others. */
final class Repositories {

    /** The settings page with the owners of repositories: addresses, and public keys. */
    static final String PAGE = SettingsStore.TRUST + "plugin-repositories";

    private Repositories() {}

    /** Writes the index of the jars that lie in a folder; returns how many. Refuses to list what nobody could install. */
    static int index(Path folder, String key, TaskContext context)
            throws BerthException, IOException, InterruptedException {
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
        Path signature = folder.resolve(RepositoryIndex.FILE + Ed25519.SUFFIX);
        String signed = key.isEmpty() ? "" : sign(key, bytes.toByteArray());
        // The one of the index before would only confuse.
        Files.deleteIfExists(signature);
        AtomicFiles.write(folder.resolve(RepositoryIndex.FILE), bytes.toByteArray());
        if (!signed.isEmpty()) {
            AtomicFiles.write(signature, signed);
        }
        return entries.size();
    }

    private static String sign(String key, byte[] index) throws BerthException {
        try {
            return Ed25519.sign(key, index);
        } catch (GeneralSecurityException e) {
            throw Problems.invalid(
                    "plugin.key",
                    "The key to sign the index with is no Ed25519 private key.",
                    "Make one with: openssl genpkey -algorithm ed25519 -out KEY",
                    e);
        }
    }

    /** Reads the key of a repository's owner. */
    static PublicKey owner(String key) throws BerthException {
        try {
            return Ed25519.publicKey(key);
        } catch (GeneralSecurityException e) {
            throw Problems.invalid(
                    "plugin.key",
                    "The key of the repository is no Ed25519 public key.",
                    "Take the one that its owner publishes, or the file that \"openssl pkey -pubout\" writes.",
                    e);
        }
    }

    private static String relative(Path jar) throws IOException {
        try {
            // "./" keeps a colon in a name from looking like a scheme.
            return new URI(null, null, "./" + jar.getFileName(), null).toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /**
     * Returns what a repository offers: by name, of each the newest first.
     *
     * @param owners the public keys of those whose indexes must be signed, by address
     */
    static List<PluginOffer> offers(RepositoryAddress repository, Map<String, ?> owners, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Path file = Files.createTempFile("berth", RepositoryIndex.FILE);
        try {
            Download.fetch(repository.index(), file, context);
            Object owner = owners.get(repository.text());
            if (owner != null) {
                checkSignature(repository, file, owner(owner.toString()), context);
            }
            return RepositoryIndex.read(file, repository).stream()
                    .sorted(Comparator.comparing(PluginOffer::name)
                            .thenComparing(offer -> Version.parseVersion(offer.version()), Comparator.reverseOrder()))
                    .toList();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void checkSignature(RepositoryAddress repository, Path index, PublicKey owner, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Path signature = Files.createTempFile("berth", Ed25519.SUFFIX);
        try {
            Download.fetch(repository.index() + Ed25519.SUFFIX, signature, context);
            if (Files.size(signature) > Ed25519.MOST_BYTES
                    || !Ed25519.verifies(owner, Files.readAllBytes(index), Files.readAllBytes(signature))) {
                throw Problems.invalid(
                        "plugin.repository.signature",
                        "The index of the repository " + repository + " is not signed by its owner.",
                        "Ask its owner; only if they tell of a new key, set that one with --key.",
                        null);
            }
        } finally {
            Files.deleteIfExists(signature);
        }
    }

    /** Returns the newest that {@code source}, a repository and a name, offers. */
    static PluginOffer newest(String source, Map<String, ?> owners, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        RepositoryAddress repository = RepositoryAddress.ofSource(source);
        String name = RepositoryAddress.nameOfSource(source);
        return offers(repository, owners, context).stream()
                .filter(offer -> offer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Problems.invalid(
                        "plugin.notoffered",
                        "The repository " + repository + " has no plugin named " + name + ".",
                        "berth plugin search --repository " + repository + " lists what it has.",
                        null));
    }
}
