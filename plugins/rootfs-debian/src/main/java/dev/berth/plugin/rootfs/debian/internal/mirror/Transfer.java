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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file on its way from the mirror. The bytes gather in {@code NAME.part}, under a lock that keeps other processes and
 * other threads out; when size and SHA-256 are right the part gets its name. A part that was left behind is gone on
 * with, and a file that is there already is read once before it is trusted: a power cut may have torn it.
 */
final class Transfer {

    private static final Logger LOG = LoggerFactory.getLogger(Transfer.class);
    private static final int ATTEMPTS = 6;
    /** Before the second attempt; doubled before each further one. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(400);

    private static final long LOCK_POLL_MILLIS = 100;
    private static final int BUFFER = 1 << 16;
    /**
     * The parts that threads of this process are at. The system's locks belong to processes: a second thread that closed
     * the file would end the lock of the first.
     */
    private static final Set<Path> BUSY = ConcurrentHashMap.newKeySet();

    private final Http http;
    private final String what;
    private final String address;
    private final Path target;
    private final Path part;
    private final long size;
    private final String sha256;
    private final LongConsumer progress;
    private final Duration firstPause;
    private long reported = -1;

    /**
     * @param what names the file in messages, as the beginning of a sentence: {@code The package xterm}
     * @param progress takes the number of bytes by which the file has grown since the start, not counting what was
     *     there; negative when bytes are thrown away
     */
    Transfer(Http http, String what, String address, Path target, long size, String sha256, LongConsumer progress) {
        this(http, what, address, target, size, sha256, progress, FIRST_PAUSE);
    }

    Transfer(
            Http http,
            String what,
            String address,
            Path target,
            long size,
            String sha256,
            LongConsumer progress,
            Duration firstPause) {
        this.http = http;
        this.what = what;
        this.address = address;
        this.target = target.toAbsolutePath();
        part = this.target.resolveSibling(target.getFileName() + ".part");
        this.size = size;
        this.sha256 = sha256;
        this.progress = progress;
        this.firstPause = firstPause;
    }

    /** A failure that another attempt will not mend. */
    private static final class HopelessException extends IOException {
        private static final long serialVersionUID = 1L;

        HopelessException(String message) {
            super(message);
        }

        HopelessException(IOException cause) {
            super(cause.getMessage(), cause);
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
                LOG.info("{} broke off, attempt {}, {}: {}", what, attempt, address, e.toString());
                if (attempt < ATTEMPTS) {
                    Thread.sleep(firstPause.toMillis() << attempt - 1);
                }
            }
        }
        throw failed("rootfs.download.failed", "could not be downloaded", last);
    }

    /** True when the file is there, false when it was damaged and thrown away, null when another is at it. */
    private @Nullable Boolean attempt(URI uri) throws IOException, InterruptedException {
        if (!BUSY.add(part)) {
            return null;
        }
        try {
            if (kept()) {
                return true;
            }
            Files.createDirectories(target.getParent());
            Object before = identity();
            if (before == null) {
                Files.newByteChannel(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                        .close();
                before = identity();
            }
            try (FileChannel file = FileChannel.open(part, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock lock = lock(file)) {
                // Until the lock was had, another process may have finished this part, or swept it and begun anew.
                if (lock == null || before == null || !before.equals(identity())) {
                    return null;
                }
                if (kept()) {
                    Files.deleteIfExists(part);
                    return true;
                }
                return fill(uri, file);
            }
        } finally {
            BUSY.remove(part);
        }
    }

    private boolean fill(URI uri, FileChannel file) throws IOException, InterruptedException {
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

    /** Whether the file is there, and whole. What is there and is not, is deleted. */
    private boolean kept() throws IOException {
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.READ)) {
            MessageDigest digest = Sha256.digest();
            if (file.size() == size
                    && hash(file, digest) == size
                    && Sha256.hex(digest.digest()).equals(sha256)) {
                report(size);
                return true;
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        LOG.warn("{} was damaged in the folder of downloads; fetching it again.", what);
        Files.deleteIfExists(target);
        // It was counted as there.
        reported = size;
        report(0);
        return false;
    }

    /** Which file the part is at the moment; null when there is none. */
    private @Nullable Object identity() throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(part, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            return key != null ? key : attributes.creationTime();
        } catch (NoSuchFileException e) {
            return null;
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
                try {
                    while (bytes.hasRemaining()) {
                        file.write(bytes);
                    }
                } catch (java.nio.channels.ClosedChannelException e) {
                    throw e;
                } catch (IOException e) {
                    // The disk, not the mirror: most likely it is full.
                    throw new HopelessException(e);
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

    private RootfsException failed(String code, String failure, @Nullable IOException cause) {
        String why = cause == null ? "its SHA-256 is not that of the index" : Reason.of(cause);
        return new RootfsException(
                code,
                ErrorKind.FAILED,
                what + " " + failure + ": " + why + ".",
                address + ": " + (cause == null ? why : cause.toString()),
                Remedy.advice("Check the network and the mirror, then start again: what has arrived is kept."),
                cause);
    }
}
