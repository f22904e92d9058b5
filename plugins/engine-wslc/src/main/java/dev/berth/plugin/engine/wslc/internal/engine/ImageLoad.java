/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.engine;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.ImageException;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.wslc.internal.Json;
import dev.berth.plugin.engine.wslc.internal.TarEntries;
import dev.berth.plugin.engine.wslc.internal.command.Program;
import dev.berth.plugin.engine.wslc.internal.text.Listings;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings an image into the session's store: the archive of an OCI image layout that Berth writes, in a file, under a name by
 * which it is found again, with the {@code manifest.json} that Docker's engine before 25 looks for.
 */
final class ImageLoad {

    private static final int MOST_DOCUMENT_BYTES = 8 << 20;
    private static final int PIPE = 256 << 10;

    private final Wslc wslc;
    private final Path scratch;

    /** @param scratch a folder for archives on their way */
    ImageLoad(Wslc wslc, Path scratch) {
        this.wslc = wslc;
        this.scratch = scratch;
    }

    /** The image's name in the session; quick when it is there already. */
    String load(ImageContent image, TaskContext context) throws EngineException, InterruptedException {
        String name = Names.image(image.digest());
        if (there(name)) {
            return name;
        }
        context.progress().message("Writing the image for WSL");
        Path file = scratchFile(scratch, "image", ".tar");
        try {
            spool(image, name, file, context);
            context.progress().message("Loading the image into the session of WSL containers");
            Program.Outcome outcome = wslc.must(
                    "engine.image",
                    "WSL does not take the image.",
                    Wslc.LONG,
                    List.of("load", "--input", file.toString()));
            // What it cannot read it may take without a word, and keep nothing.
            if (!there(name)) {
                throw new EngineException(
                        "engine.image",
                        ErrorKind.FAILED,
                        "WSL took the image but does not show it.",
                        outcome.detail(),
                        Remedy.NONE,
                        null);
            }
            return name;
        } finally {
            delete(file);
        }
    }

    /** A new file that only this user can read. */
    static Path scratchFile(Path scratch, String prefix, String suffix) throws EngineException {
        try {
            return Files.createTempFile(Files.createDirectories(scratch), prefix, suffix);
        } catch (IOException e) {
            throw new EngineException("engine.files", "Files cannot be made in " + scratch + ".", e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Somebody reads it still; the folder is one of those that may be emptied at any time.
            file.toFile().deleteOnExit();
        }
    }

    private boolean there(String name) throws EngineException, InterruptedException {
        Program.Outcome outcome = wslc.must(
                "engine.image",
                "WSL does not tell which images it has.",
                Wslc.LIMIT,
                List.of("images", "--no-trunc", "--format", "json"));
        try {
            return Listings.images(outcome.out()).stream()
                    .anyMatch(image ->
                            canonical(image.repository() + ":" + image.tag()).equals(name));
        } catch (IOException e) {
            throw Wslc.notUnderstood(outcome, e);
        }
    }

    /** Lists may give the registry that nobody named. */
    private static String canonical(String name) {
        return name.replaceFirst("^docker\\.io/(library/)?", "");
    }

    private static void spool(ImageContent image, String name, Path file, TaskContext context)
            throws EngineException, InterruptedException {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (PipedInputStream pipe = new PipedInputStream(PIPE);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), PIPE)) {
            PipedOutputStream end = new PipedOutputStream(pipe);
            Thread writer = new Thread(() -> write(image, end, failure, context), "berth-engine-wslc-image");
            writer.setDaemon(true);
            writer.start();
            try {
                transform(new BufferedInputStream(pipe, PIPE), name, out);
            } finally {
                pipe.close();
                writer.interrupt();
            }
        } catch (IOException e) {
            context.checkCancelled();
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled while an image was written");
            }
            Exception cause = failure.get();
            throw new EngineException(
                    "engine.image", "The image cannot be written for WSL.", cause == null ? e : cause);
        }
    }

    private static void write(
            ImageContent image, OutputStream out, AtomicReference<@Nullable Exception> failure, TaskContext context) {
        try (out) {
            image.writeArchive(out, context);
        } catch (ImageException | InterruptedException | IOException | RuntimeException e) {
            failure.set(e);
        }
    }

    /** Passes the archive on with the name in its index, and adds what older engines want. */
    static void transform(InputStream in, String name, OutputStream out) throws IOException {
        TarEntries entries = new TarEntries(in);
        Map<String, byte[]> documents = new LinkedHashMap<>();
        String manifest = "";
        for (TarEntries.Entry entry = entries.next(); entry != null; entry = entries.next()) {
            if (entry.name().equals("index.json")) {
                Json index = Json.parse(new String(document(entry, entries), StandardCharsets.UTF_8));
                Json first = index.get("manifests").items().stream()
                        .findFirst()
                        .orElseThrow(() -> new IOException("the image's index is empty"));
                manifest = first.get("digest").text();
                Map<String, Object> line = new LinkedHashMap<>();
                first.members((key, value) -> line.put(key, value.raw()));
                line.put(
                        "annotations",
                        Json.object("org.opencontainers.image.ref.name", name, "io.containerd.image.name", name));
                String text = Json.print(Json.object(
                        "schemaVersion",
                        2,
                        "mediaType",
                        "application/vnd.oci.image.index.v1+json",
                        "manifests",
                        List.of(line)));
                TarEntries.write(out, "index.json", 0644, text.getBytes(StandardCharsets.UTF_8));
            } else if (entry.name().equals(blob(manifest))) {
                byte[] bytes = document(entry, entries);
                documents.put("manifest", bytes);
                TarEntries.copy(entry, new ByteArrayInputStream(bytes), out);
            } else {
                TarEntries.copy(entry, entries.content(), out);
            }
        }
        byte[] found = documents.get("manifest");
        if (found == null) {
            throw new IOException("the image's archive has no manifest");
        }
        TarEntries.write(out, "manifest.json", 0644, forOlderEngines(found, name));
        TarEntries.end(out);
    }

    /** Docker's image specification 1.2, "Combined Image JSON + Filesystem Changeset Format". */
    private static byte[] forOlderEngines(byte[] bytes, String name) throws IOException {
        Json manifest = Json.parse(new String(bytes, StandardCharsets.UTF_8));
        List<String> layers = new ArrayList<>();
        for (Json layer : manifest.get("layers").items()) {
            layers.add(blob(layer.get("digest").text()));
        }
        Map<String, Object> line = Json.object(
                "Config",
                blob(manifest.get("config").get("digest").text()),
                "RepoTags",
                List.of(name),
                "Layers",
                layers);
        return Json.print(List.of(line)).getBytes(StandardCharsets.UTF_8);
    }

    private static String blob(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    private static byte[] document(TarEntries.Entry entry, TarEntries entries) throws IOException {
        if (entry.size() > MOST_DOCUMENT_BYTES) {
            throw new IOException("a document of the image has " + entry.size() + " bytes");
        }
        return entries.content().readAllBytes();
    }
}
