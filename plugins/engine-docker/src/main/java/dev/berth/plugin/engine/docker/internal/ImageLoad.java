/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.error.EngineException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.ImageException;
import dev.berth.api.error.Remedy;
import dev.berth.api.image.ImageContent;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.docker.internal.http.Request;
import dev.berth.plugin.engine.docker.internal.stdio.BoundedPipe;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings an image into the engine's store: the archive of an OCI image layout that Berth writes, under a name by which it
 * is found again, with the {@code manifest.json} that engines before Docker 25 look for.
 */
final class ImageLoad {

    private static final int MOST_DOCUMENT_BYTES = 8 << 20;
    private static final int PIPE = 256 << 10;

    private final Api api;

    ImageLoad(Api api) {
        this.api = api;
    }

    /** The image's name in the engine; quick when it is there already. */
    String load(ImageContent image, TaskContext context) throws EngineException, InterruptedException {
        String name = Names.image(image.digest());
        if (there(name)) {
            return name;
        }
        context.progress().message("Sending the image to the engine");
        Request request = api.request("POST", "/images/load?quiet=1").archive(out -> send(image, name, out, context));
        Answer answer = api.send(request, Api.NO_LIMIT).orFail("The engine does not take the image.");
        if (!there(name)) {
            throw new EngineException(
                    "engine.image",
                    ErrorKind.FAILED,
                    "The engine took the image but does not show it.",
                    answer.message(),
                    Remedy.NONE,
                    null);
        }
        return name;
    }

    private boolean there(String name) throws EngineException, InterruptedException {
        Answer answer = api.get("/images/" + Request.encode(name).replace("%2F", "/") + "/json");
        if (answer.notFound()) {
            return false;
        }
        answer.orFail("The engine does not tell which images it has.");
        return true;
    }

    private static void send(ImageContent image, String name, OutputStream out, TaskContext context)
            throws IOException {
        BoundedPipe pipe = new BoundedPipe(PIPE);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> write(image, pipe, failure, context), "berth-engine-docker-image");
        writer.setDaemon(true);
        writer.start();
        try {
            transform(new BufferedInputStream(pipe, PIPE), name, out);
        } catch (IOException e) {
            Exception cause = failure.get();
            if (cause instanceof ImageException) {
                throw new IOException(cause.getMessage(), cause);
            }
            throw e;
        } finally {
            pipe.close();
            writer.interrupt();
        }
    }

    private static void write(
            ImageContent image, BoundedPipe pipe, AtomicReference<@Nullable Exception> failure, TaskContext context) {
        try {
            image.writeArchive(new PipeOutput(pipe), context);
            pipe.end();
        } catch (ImageException | InterruptedException | RuntimeException e) {
            failure.set(e);
            pipe.fail(new IOException(e.getMessage(), e));
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

    /** The writing end of a pipe as a stream. */
    private static final class PipeOutput extends OutputStream {
        private final BoundedPipe pipe;

        private PipeOutput(BoundedPipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                pipe.put(bytes, offset, length);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("cancelled", e);
            }
        }
    }
}
