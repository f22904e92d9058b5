/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import com.google.common.hash.Hashing;
import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.platform.home.AtomicFiles;
import dev.berth.platform.home.BerthHome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The blobs of the layout, each under its digest. A blob appears whole, under its final name, after it was made durable;
 * what is under way lies in {@code .parts} on the same file system.
 */
final class BlobStore {

    private static final int DOCUMENT_LIMIT = 8 << 20;

    private final BerthHome home;

    BlobStore(BerthHome home) {
        this.home = home;
    }

    /** Makes the layout if it is not there. */
    void ensure() throws IOException {
        Path store = home.store();
        if (Files.exists(store.resolve("index.json"))) {
            return;
        }
        Files.createDirectories(folder());
        Files.createDirectories(parts());
        AtomicFiles.write(store.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
        Path index = store.resolve("index.json");
        Path first = AtomicFiles.temporary(index);
        try {
            AtomicFiles.write(
                    first, "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.INDEX + "\",\"manifests\":[]}");
            // A link, not a rename: another process may have made the index meanwhile, and filled it.
            Files.createLink(index, first);
        } catch (FileAlreadyExistsException e) {
            // It has.
        } catch (UnsupportedOperationException e) {
            AtomicFiles.write(index, Files.readAllBytes(first));
        } finally {
            Files.deleteIfExists(first);
        }
    }

    private Path folder() {
        return home.store().resolve("blobs").resolve("sha256");
    }

    Path parts() {
        return home.store().resolve(".parts");
    }

    Path path(Digest digest) {
        return home.store().resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    }

    boolean has(Digest digest) {
        return Files.isRegularFile(path(digest));
    }

    long size(Digest digest) throws IOException {
        return Files.size(path(digest));
    }

    /** A name for a blob that is under way. */
    Path newPart() throws IOException {
        Files.createDirectories(parts());
        return parts().resolve(UUID.randomUUID().toString());
    }

    /** Makes a written part a blob. */
    void keep(Path part, Digest digest) throws IOException {
        if (has(digest)) {
            Files.delete(part);
            return;
        }
        Path target = path(digest);
        Files.createDirectories(folder());
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folder());
    }

    /** Keeps a small document. */
    Digest write(byte[] document) throws IOException {
        Digest digest = digest(document);
        if (!has(digest)) {
            Path part = newPart();
            try {
                Files.write(part, document, StandardOpenOption.CREATE_NEW);
                keep(part, digest);
            } finally {
                Files.deleteIfExists(part);
            }
        }
        return digest;
    }

    /** Reads a small document and checks its digest. */
    byte[] read(Digest digest) throws IOException, ImageException {
        Path file = path(digest);
        if (Files.size(file) > DOCUMENT_LIMIT) {
            throw Failures.digest("The document " + digest.brief() + " of the image store is too large.");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (digest.algorithm().equals("sha256") && !digest(bytes).equals(digest)) {
            throw Failures.digest("The document " + digest.brief() + " of the image store is damaged.");
        }
        return bytes;
    }

    /** All blobs. */
    List<Digest> all() throws IOException {
        List<Digest> digests = new ArrayList<>();
        if (Files.isDirectory(folder())) {
            try (Stream<Path> files = Files.list(folder())) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("[0-9a-f]{64}"))
                        .forEach(name -> digests.add(Digest.sha256(name)));
            }
        }
        return digests;
    }

    void delete(Digest digest) throws IOException {
        Files.deleteIfExists(path(digest));
    }

    static Digest digest(byte[] document) {
        return Digest.sha256(Hashing.sha256().hashBytes(document).toString());
    }

    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Folders cannot be opened on every system; there the rename is as durable as it gets.
        }
    }
}
