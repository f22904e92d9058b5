/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on its way from the mirror. The bytes gather in {@code NAME.part}, under a file lock that keeps a second
 * process out; when size and SHA-256 are right the part gets its name. A part that was left behind is gone on with.
 */
final class Transfer {

    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
    private static final int ATTEMPTS = 6;
    private static final long FIRST_PAUSE_MILLIS = 400;
    private static final long LOCK_POLL_MILLIS = 100;
    private static final int BUFFER = 1 << 16;

    private final Http http;
    private final String address;
    private final Path target;
    private final Path part;
    private final long size;
    private final String sha256;
    private final LongConsumer progress;
    private long reported = -1;

    /**
     * @param progress takes the number of bytes by which the file has grown since the start, not counting what was
     *     there; negative when bytes are thrown away
     */
    Transfer(Http http, String address, Path target, long size, String sha256, LongConsumer progress) {
        this.http = http;
        this.address = address;
        this.target = target;
        part = target.resolveSibling(target.getFileName() + ".part");
        this.size = size;
        this.sha256 = sha256;
        this.progress = progress;
    }

    /** A failure that another attempt will not mend. */
    private static final class HopelessException extends IOException {
        private static final long serialVersionUID = 1L;

        HopelessException(String message) {
            super(message);
        }
    }

    Path run() throws RootfsException, InterruptedException {
        URI uri = Http.uri(address);
        IOException last = null;
        int mismatches = 0;
        for (int attempt = 0; attempt < ATTEMPTS; ) {
            if (Thread.interrupted()) {
                throw new InterruptedException("cancelled");
            }
            try {
                Boolean done = attempt(uri);
                if (done == null) {
                    Thread.sleep(LOCK_POLL_MILLIS);
                } else if (done) {
                    return target;
                } else if (++mismatches > 1) {
                    throw failed("rootfs.download.digest", "arrived damaged twice", null);
                }
            } catch (HopelessException e) {
                throw failed("rootfs.download.refused", "cannot be had", e);
            } catch (IOException e) {
                Http.rethrowInterrupt(e);
                last = e;
                attempt++;
                LOG.info("Download of {} broke off, attempt {}: {}", target.getFileName(), attempt, e.toString());
                if (attempt < ATTEMPTS) {
                    Thread.sleep(FIRST_PAUSE_MILLIS << attempt - 1);
                }
            }
        }
        throw failed("rootfs.download.failed", "could not be downloaded", last);
    }

    /** True when the file is there, false when it was damaged and thrown away, null when another process is at it. */
    private @Nullable Boolean attempt(URI uri) throws IOException, InterruptedException {
        if (Files.exists(target)) {
            report(size);
            return true;
        }
        try (FileChannel file = FileChannel.open(
                        part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = lock(file)) {
            if (lock == null) {
                return null;
            }
            if (Files.exists(target)) {
                Files.deleteIfExists(part);
                report(size);
                return true;
            }
            if (!Files.exists(part)) {
                // Another process finished or swept it between the opening and the lock.
                return null;
            }
            MessageDigest digest = Sha256.digest();
            long have = file.size() > size ? 0 : hash(file, digest);
            if (have == 0) {
                file.truncate(0);
            }
            report(have);
            if (have < size) {
                have = receive(uri, file, have, digest);
            }
            if (have < size) {
                throw new IOException("ended after " + have + " of " + size + " bytes");
            }
            if (!Sha256.hex(digest.digest()).equals(sha256)) {
                file.truncate(0);
                report(0);
                return false;
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static long hash(FileChannel file, MessageDigest digest) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        file.position(0);
        long total = 0;
        while (file.read(buffer) >= 0) {
            buffer.flip();
            total += buffer.remaining();
            digest.update(buffer);
            buffer.clear();
        }
        return total;
    }

    private long receive(URI uri, FileChannel file, long from, MessageDigest digest)
            throws IOException, InterruptedException {
        long have = from;
        try (Http.Answer answer = http.get(uri, from, null)) {
            switch (answer.status()) {
                case 200 -> have = 0;
                case 206 -> {
                    String range = answer.header("Content-Range");
                    if (range == null || !range.startsWith("bytes " + from + "-")) {
                        file.truncate(0);
                        throw new IOException("the mirror sent another range than was asked for");
                    }
                }
                case 416 -> {
                    file.truncate(0);
                    throw new IOException("the mirror does not know the range");
                }
                case 408, 425, 429, 500, 502, 503, 504 -> throw new IOException("HTTP status " + answer.status());
                default -> throw new HopelessException("HTTP status " + answer.status());
            }
            if (have < from) {
                file.truncate(0);
                digest.reset();
                report(0);
            }
            file.position(have);
            byte[] buffer = new byte[BUFFER];
            for (int n = answer.body().read(buffer); n >= 0; n = answer.body().read(buffer)) {
                if (have + n > size) {
                    file.truncate(0);
                    throw new HopelessException("more bytes than the index says");
                }
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                digest.update(buffer, 0, n);
                have += n;
                report(have);
            }
            return have;
        }
    }

    private void report(long have) {
        if (reported >= 0) {
            progress.accept(have - reported);
        }
        reported = have;
    }

    private RootfsException failed(String code, String what, @Nullable IOException cause) {
        return new RootfsException(
                code,
                ErrorKind.FAILED,
                target.getFileName() + " " + what + ".",
                address + ": " + (cause == null ? "SHA-256 does not match the index" : cause.toString()),
                Remedy.advice("Check the network and the mirror, then start again: what has arrived is kept."),
                cause);
    }
}
