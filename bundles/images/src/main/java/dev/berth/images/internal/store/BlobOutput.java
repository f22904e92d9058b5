/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.berth.api.image.Digest;
import dev.berth.images.tar.ChunkSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Consumers of a stream: one that digests it, and two that write it to a file, as it is or compressed. */
final class BlobOutput {

    private final MessageDigest digest = sha256();
    private long size;

    /** The digest of what went by. */
    Digest digest() {
        return Digest.sha256(HexFormat.of().formatHex(digest.digest()));
    }

    /** How many bytes went by. */
    long size() {
        return size;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Only digests. */
    void digest(ChunkSource source) throws IOException, InterruptedException {
        for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
            take(piece);
        }
    }

    /** Digests and writes. */
    void store(ChunkSource source, Path file) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
                take(piece.duplicate());
                write(channel, piece);
            }
        }
    }

    /** Compresses, and digests and writes the result. */
    void compress(ChunkSource source, Path file, int level) throws IOException, InterruptedException {
        ByteBuffer compressed = ByteBuffer.allocateDirect(256 << 10);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            zstd.setLevel(level).setChecksum(true);
            for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
                while (piece.hasRemaining()) {
                    zstd.compressDirectByteBufferStream(compressed, piece, EndDirective.CONTINUE);
                    emit(channel, compressed);
                }
            }
            ByteBuffer none = ByteBuffer.allocateDirect(0);
            boolean done = false;
            while (!done) {
                done = zstd.compressDirectByteBufferStream(compressed, none, EndDirective.END);
                emit(channel, compressed);
            }
        }
    }

    private void emit(FileChannel channel, ByteBuffer compressed) throws IOException {
        compressed.flip();
        take(compressed.duplicate());
        write(channel, compressed);
        compressed.clear();
    }

    private void take(ByteBuffer piece) {
        size += piece.remaining();
        digest.update(piece);
    }

    private static void write(FileChannel channel, ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
    }
}
