/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** Downloads layers into a folder; each goes on where it broke off, in this call or a later one. Any thread. */
final class Blobs implements AutoCloseable {

    private final Registry registry;
    private final Path folder;
    private final LongConsumer progress;
    private final Set<InputStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Blobs(Registry registry, Path folder, LongConsumer progress) {
        this.registry = registry;
        this.folder = folder;
        this.progress = progress;
    }

    /** A layer on its way. */
    final class Download {

        private final Digest digest;
        private final long size;
        /** One part for each process: two that write into one would spoil it for both. */
        private final Path mine;

        private final Path part;
        private final Arriving arriving;

        private Download(Digest digest, long size) throws IOException {
            this.digest = digest;
            this.size = size;
            part = folder.resolve(digest.hex() + ".part");
            mine = folder.resolve(digest.hex() + "." + ProcessHandle.current().pid() + ".part");
            try {
                Files.move(part, mine, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                // Nothing to go on with.
            }
            arriving = new Arriving(mine);
        }

        /** What comes, as it comes. */
        Arriving stream() {
            return arriving;
        }

        /** Downloads; blocks. Errors show up in the stream. */
        void run() {
            try {
                all();
                arriving.whole(size);
            } catch (IOException | RootfsException | InterruptedException | RuntimeException e) {
                arriving.failed(e);
            }
        }

        private void all() throws IOException, RootfsException, InterruptedException {
            MessageDigest sum = sha256();
            long have = digested(mine, sum, size);
            arriving.have(have);
            progress.accept(have);
            for (int attempt = 1; have < size; attempt++) {
                long before = have;
                try {
                    have = more(digest, mine, sum, have, size, arriving);
                    if (have < size) {
                        throw new IOException("the layer ended early");
                    }
                } catch (IOException e) {
                    if (closed) {
                        throw new InterruptedException("cancelled");
                    }
                    sum = sha256();
                    have = digested(mine, sum, size);
                    attempt = have > before ? 1 : attempt;
                    registry.again(attempt, e);
                }
            }
            if (!HexFormat.of().formatHex(sum.digest()).equals(digest.hex())) {
                Files.deleteIfExists(mine);
                throw Failures.digest("layer " + digest.brief());
            }
        }

        /** Ends it: what has come stays for the next call, unless the layer was kept. Once the download has ended. */
        void end(boolean kept) throws IOException {
            arriving.close();
            if (kept) {
                Files.deleteIfExists(mine);
            } else if (Files.exists(mine) && Files.size(mine) > 0) {
                Files.move(mine, part, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.deleteIfExists(mine);
            }
        }
    }

    /** Prepares to download. */
    Download begin(Digest digest, long size) throws IOException {
        return new Download(digest, size);
    }

    private long more(Digest digest, Path mine, MessageDigest sum, long from, long size, Arriving arriving)
            throws IOException, RootfsException, InterruptedException {
        HttpResponse<InputStream> answer = registry.open("blobs", digest.toString(), List.of("*/*"), from);
        try (InputStream body = answer.body()) {
            open.add(body);
            if (closed) {
                throw new IOException("cancelled");
            }
            if (announced(answer) >= 0 && announced(answer) != size) {
                throw Failures.digest("layer " + digest.brief());
            }
            boolean partial = answer.statusCode() == 206
                    && answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + from + "-");
            if (from > 0 && !partial) {
                // The server cannot go on in the middle: from the beginning.
                Files.newOutputStream(mine, StandardOpenOption.TRUNCATE_EXISTING)
                        .close();
                progress.accept(-from);
                sum.reset();
                if (answer.statusCode() != 200) {
                    throw new IOException("the server knows no part of the layer");
                }
            }
            return copy(body, mine, sum, partial ? from : 0, size, digest, arriving);
        } finally {
            open.remove(answer.body());
        }
    }

    /** How large the server says that the whole layer is (RFC 9110, 8.6 and 14.4); -1 when it does not say. */
    private static long announced(HttpResponse<InputStream> answer) {
        if (answer.statusCode() == 200) {
            return answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        }
        String range = answer.headers().firstValue("Content-Range").orElse("");
        String total = range.substring(range.indexOf('/') + 1);
        return total.matches("[0-9]{1,18}") ? Long.parseLong(total) : -1;
    }

    private long copy(
            InputStream body, Path mine, MessageDigest sum, long from, long size, Digest digest, Arriving arriving)
            throws IOException, RootfsException {
        long have = from;
        byte[] buffer = new byte[128 << 10];
        try (OutputStream out = Files.newOutputStream(mine, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                have += n;
                if (have > size) {
                    throw Failures.digest("layer " + digest.brief());
                }
                try {
                    out.write(buffer, 0, n);
                } catch (IOException e) {
                    // To ask the registry again would not help.
                    throw Failures.failed(
                            "rootfs.oci.io",
                            "The layer " + digest.brief() + " could not be kept: " + e.getMessage(),
                            e);
                }
                sum.update(buffer, 0, n);
                arriving.have(have);
                progress.accept(n);
            }
        }
        return have;
    }

    /** Adds what is there to the sum; nothing when it is more than there should be. */
    private static long digested(Path file, MessageDigest sum, long size) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        if (Files.size(file) > size) {
            Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING).close();
            return 0;
        }
        long have = 0;
        byte[] buffer = new byte[128 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sum.update(buffer, 0, n);
                have += n;
            }
        }
        return have;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends all downloads; their parts stay for the next call. */
    @Override
    public void close() {
        closed = true;
        for (InputStream body : open) {
            try {
                body.close();
            } catch (IOException e) {
                // It is broken already.
            }
        }
    }
}
