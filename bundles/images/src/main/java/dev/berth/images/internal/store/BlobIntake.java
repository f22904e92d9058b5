/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.berth.api.error.ImageException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.IdMapping;
import dev.berth.api.task.TaskContext;
import dev.berth.images.internal.pipe.Fan;
import dev.berth.images.internal.unpack.LayerUnpacker;
import dev.berth.images.internal.unpack.UnpackException;
import dev.berth.images.internal.unpack.UnpackLimits;
import dev.berth.images.tar.ChunkSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes layers in the form they come in: digested and kept while they arrive, and at the same time decompressed and
 * unpacked.
 */
final class BlobIntake {

    private static final int BUFFER = 128 << 10;

    private final BlobStore blobs;
    private final TreeStore trees;
    private final UnpackLimits limits;

    BlobIntake(BlobStore blobs, TreeStore trees, UnpackLimits limits) {
        this.blobs = blobs;
        this.trees = trees;
        this.limits = limits;
    }

    /**
     * Reads a blob from elsewhere and keeps it.
     *
     * @return the digest of the uncompressed archive
     */
    Digest take(
            InputStream in,
            String mediaType,
            Digest expected,
            long sizeBytes,
            Optional<IdMapping> ids,
            TaskContext context)
            throws ImageException, InterruptedException {
        Path part = null;
        TreeStore.Pending tree = null;
        try {
            part = blobs.newPart();
            tree = ids.isPresent() ? trees.begin(ids.get(), limits) : null;
            Path file = part;
            TreeStore.Pending pending = tree;
            BlobOutput blob = new BlobOutput();
            BlobOutput tar = new BlobOutput();
            List<Fan.Consumer> consumers = List.of(
                    source -> blob.store(source, file), source -> expand(source, mediaType, sizeBytes, tar, pending));
            try (Fan fan = new Fan("blob", consumers)) {
                copy(in, fan, expected, sizeBytes, context);
                Throwable failure = fan.finish();
                // A wrong digest explains whatever else went wrong.
                if (!blob.digest().equals(expected)) {
                    throw Failures.digest("The layer " + expected.brief() + " came with other content than announced.");
                }
                if (failure != null) {
                    throw Failures.of("cannot keep the layer", failure);
                }
            }
            blobs.keep(part, expected);
            Digest diffId = tar.digest();
            if (tree != null) {
                tree.keep(diffId);
                tree.notes().forEach(context.progress()::log);
                tree = null;
            }
            return diffId;
        } catch (IOException e) {
            throw Failures.of("cannot keep the layer", e);
        } finally {
            discard(part, tree);
        }
    }

    /** Unpacks a blob of the store and checks it against the digest of its archive. */
    void unpack(Digest digest, String mediaType, Digest diffId, IdMapping ids, TaskContext context)
            throws ImageException, InterruptedException {
        TreeStore.Pending tree = null;
        try (InputStream in = Files.newInputStream(blobs.path(digest))) {
            long size = blobs.size(digest);
            tree = trees.begin(ids, limits);
            BlobOutput tar = new BlobOutput();
            TreeStore.Pending pending = tree;
            InputStream counted = new CountingStream(in, context.progress());
            pump(expanded(counted, mediaType), size, tar, pending);
            context.checkCancelled();
            if (!tar.digest().equals(diffId)) {
                throw Failures.digest("The layer " + digest.brief() + " of the image store is damaged.");
            }
            tree.keep(diffId);
            tree.notes().forEach(context.progress()::log);
            tree = null;
        } catch (IOException e) {
            throw Failures.of("cannot unpack the layer " + digest.brief(), e);
        } finally {
            discard(null, tree);
        }
    }

    private void copy(InputStream in, Fan fan, Digest expected, long sizeBytes, TaskContext context)
            throws IOException, ImageException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        long total = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            context.checkCancelled();
            total += n;
            if (sizeBytes >= 0 && total > sizeBytes) {
                throw Failures.digest("The layer " + expected.brief() + " is longer than announced.");
            }
            fan.write(buffer, 0, n);
            context.progress().add(n);
        }
        if (sizeBytes >= 0 && total < sizeBytes) {
            throw Failures.digest("The layer " + expected.brief() + " is shorter than announced.");
        }
    }

    private void expand(
            ChunkSource source, String mediaType, long sizeBytes, BlobOutput tar, TreeStore.@Nullable Pending tree)
            throws IOException, InterruptedException {
        try (InputStream in = expanded(new ChunkStream(source), mediaType)) {
            pump(in, sizeBytes, tar, tree);
        }
    }

    /** From a decompressed stream to the digest and the folder. */
    private void pump(InputStream in, long blobBytes, BlobOutput tar, TreeStore.@Nullable Pending tree)
            throws IOException, InterruptedException {
        List<Fan.Consumer> consumers = new ArrayList<>();
        consumers.add(tar::digest);
        consumers.add(tree != null ? tree::consume : source -> LayerUnpacker.check(source, limits));
        try (Fan fan = new Fan("expand", consumers)) {
            byte[] buffer = new byte[BUFFER];
            long total = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                if (total > UnpackLimits.RATIO_FLOOR && blobBytes >= 0 && total / limits.ratio() > blobBytes) {
                    throw new UnpackException(
                            "The layer becomes more than " + limits.ratio() + " times as large as it came.");
                }
                try {
                    fan.write(buffer, 0, n);
                } catch (IOException e) {
                    rethrow(fan.failure(), e);
                }
            }
            Throwable failure = fan.finish();
            if (failure != null) {
                rethrow(failure, new IOException(failure));
            }
        }
    }

    private static void rethrow(@Nullable Throwable failure, IOException otherwise)
            throws IOException, InterruptedException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof InterruptedException e) {
            throw e;
        }
        throw otherwise;
    }

    /** The archive in a blob. */
    static InputStream expanded(InputStream in, String mediaType) throws IOException {
        return switch (mediaType) {
            case MediaTypes.LAYER_GZIP -> new GZIPInputStream(in, BUFFER);
            case MediaTypes.LAYER_ZSTD -> new ZstdInputStreamNoFinalizer(in);
            default -> in;
        };
    }

    private void discard(@Nullable Path part, TreeStore.@Nullable Pending tree) throws ImageException {
        boolean interrupted = Thread.interrupted();
        try {
            if (part != null) {
                Files.deleteIfExists(part);
            }
            if (tree != null) {
                tree.discard();
            }
        } catch (IOException e) {
            throw Failures.of("cannot take a broken layer away", e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A stream over pieces, for decompressors. */
    private static final class ChunkStream extends InputStream {

        private final ChunkSource source;
        private @Nullable ByteBuffer piece = ByteBuffer.allocate(0);

        ChunkStream(ChunkSource source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            while (piece != null && !piece.hasRemaining()) {
                try {
                    piece = source.next();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new java.io.InterruptedIOException("cancelled");
                }
            }
            if (piece == null) {
                return -1;
            }
            int n = Math.min(length, piece.remaining());
            piece.get(target, offset, n);
            return n;
        }

        @Override
        public int available() {
            // GZIPInputStream looks for a further member only when something is said to be there.
            return piece == null ? 0 : 1;
        }
    }

    /** Tells the progress what was read. */
    static final class CountingStream extends java.io.FilterInputStream {

        private final dev.berth.api.task.Progress progress;

        CountingStream(InputStream in, dev.berth.api.task.Progress progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            if (n > 0) {
                progress.add(n);
            }
            return n;
        }
    }
}
