/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.docker.internal;

import dev.berth.api.error.EngineException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.engine.docker.internal.http.HttpClient;
import dev.berth.plugin.engine.docker.internal.http.Request;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a container's changes out of the engine as an OCI layer. The API has no call for that, so the container is
 * committed, the image that comes of it is saved, and its topmost layer is picked out of the archive; white-outs are the
 * engine's own that way. The image is removed again.
 */
final class LayerExport {

    private static final Logger LOG = LoggerFactory.getLogger(LayerExport.class);
    private static final int BUFFER = 256 << 10;

    private final Api api;
    private final String container;
    private final Set<String> leftOut;

    /** @param leftOut paths without a leading slash, with all that is below them */
    LayerExport(Api api, String container, Set<String> leftOut) {
        this.api = api;
        this.container = container;
        this.leftOut = Set.copyOf(leftOut);
    }

    void write(OutputStream out, TaskContext context) throws EngineException, InterruptedException {
        String tag = UUID.randomUUID().toString();
        String name = Names.commitRepository() + ":" + tag;
        try {
            String query = "?container=" + container + "&repo=" + Request.encode(Names.commitRepository()) + "&tag="
                    + tag + "&pause=false";
            api.send(api.request("POST", "/commit" + query).json("{}"), Api.NO_LIMIT)
                    .orFail("The engine cannot keep the changes of the container.");
            Json image = api.get(path(name) + "/json")
                    .orFail("The engine does not show what it kept.")
                    .json();
            List<Json> layers = image.get("RootFS").get("Layers").items();
            if (layers.isEmpty()) {
                throw new EngineException("engine.export", "The engine kept an image without layers.", null);
            }
            String wanted = layers.get(layers.size() - 1).text().replaceFirst("^sha256:", "");
            Request save = api.request("GET", path(name) + "/get");
            try (HttpClient.Response response = api.stream(save, "The engine does not hand out what it kept.")) {
                pick(response.body(), wanted, out, context);
            } catch (IOException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("cancelled while a layer was read");
                }
                throw new EngineException(
                        "engine.export", "The changes of the container cannot be read from the engine.", e);
            }
        } finally {
            forget(name);
        }
    }

    private static String path(String name) {
        return "/images/" + Request.encode(name).replace("%2F", "/");
    }

    private void forget(String name) {
        boolean interrupted = Thread.interrupted();
        try {
            api.delete(path(name));
        } catch (EngineException e) {
            LOG.warn("The image {} is left in the engine: {}", name, e.summary());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Looks through a saved image for the layer of the given diff id. */
    private void pick(InputStream saved, String wanted, OutputStream out, TaskContext context)
            throws IOException, InterruptedException {
        TarEntries entries = new TarEntries(new BufferedInputStream(saved, BUFFER));
        for (TarEntries.Entry entry = entries.next(); entry != null; entry = entries.next()) {
            context.checkCancelled();
            if (entry.size() == 0 || entry.name().endsWith(".json")) {
                continue;
            }
            if (entry.name().contains(wanted)) {
                MessageDigest digest = sha256();
                InputStream layer = new Cancellable(new DigestInputStream(entries.content(), digest), context);
                filter(layer, out, context);
                layer.transferTo(OutputStream.nullOutputStream());
                if (!HexFormat.of().formatHex(digest.digest()).equals(wanted)) {
                    throw new IOException("the layer is not what its digest says");
                }
                return;
            }
            // Older engines name layers by other ids, and newer ones may have compressed them: its hash tells.
            if (spooled(entries.content(), wanted, out, context)) {
                return;
            }
        }
        throw new IOException("the saved image has no layer " + wanted);
    }

    private boolean spooled(InputStream content, String wanted, OutputStream out, TaskContext context)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("berth-layer", ".tar");
        try {
            try (OutputStream to = Files.newOutputStream(file)) {
                new Cancellable(content, context).transferTo(to);
            }
            for (boolean zipped : List.of(false, true)) {
                MessageDigest digest = sha256();
                try (InputStream in = new DigestInputStream(open(file, zipped), digest)) {
                    new Cancellable(in, context).transferTo(OutputStream.nullOutputStream());
                } catch (java.util.zip.ZipException e) {
                    return false;
                }
                if (HexFormat.of().formatHex(digest.digest()).equals(wanted)) {
                    try (InputStream in = open(file, zipped)) {
                        filter(new Cancellable(in, context), out, context);
                    }
                    return true;
                }
            }
            return false;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static InputStream open(Path file, boolean zipped) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        return zipped ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in;
    }

    /** Passes a layer on without what is mounted over it. */
    private void filter(InputStream in, OutputStream to, TaskContext context) throws IOException, InterruptedException {
        OutputStream out = new BufferedOutputStream(to, BUFFER);
        TarEntries entries = new TarEntries(in);
        for (TarEntries.Entry entry = entries.next(); entry != null; entry = entries.next()) {
            context.checkCancelled();
            if (!entry.name().isEmpty() && !isLeftOut(entry.name())) {
                TarEntries.copy(entry, entries.content(), out);
            }
        }
        TarEntries.end(out);
        out.flush();
    }

    private boolean isLeftOut(String path) {
        for (String prefix = path; ; prefix = prefix.substring(0, prefix.lastIndexOf('/'))) {
            if (leftOut.contains(prefix)) {
                return true;
            }
            if (prefix.indexOf('/') < 0) {
                return false;
            }
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Stops between two reads when the work was cancelled. */
    private static final class Cancellable extends FilterInputStream {
        private final TaskContext context;

        private Cancellable(InputStream in, TaskContext context) {
            super(in);
            this.context = context;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                context.checkCancelled();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("cancelled");
            }
            return super.read(buffer, offset, length);
        }
    }
}
