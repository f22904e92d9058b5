/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import dev.berth.plugin.rootfs.debian.internal.archive.ArchiveException;
import dev.berth.plugin.rootfs.debian.internal.archive.DebFile;
import dev.berth.plugin.rootfs.debian.internal.archive.TarEntry;
import dev.berth.plugin.rootfs.debian.internal.archive.TarReader;
import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;
import dev.berth.plugin.rootfs.debian.internal.mirror.Sha256;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One package being unpacked: a worker reads the archive and puts its parts into a queue, the writer takes them out. The
 * digest of the archive is checked again while it is read, because the folder of downloads belongs to nobody.
 */
final class PackageStream {

    /** What comes out, in this order: one control part, then each entry followed by its content, then the end. */
    sealed interface Part {}

    record Control(Map<String, byte[]> files) implements Part {}

    record Entry(TarEntry head) implements Part {}

    record Content(byte[] bytes, int length) implements Part {}

    record End() implements Part {}

    private record Failure(Throwable cause) implements Part {}

    private static final int CHUNK = 256 << 10;
    private static final int BLOCK = 8 << 10;
    /** What an entry costs while it waits, beyond its content. */
    private static final long ENTRY_COST = 400;

    /** Several times what the largest package has. */
    private static final long MAX_ENTRIES = 250_000;
    /** tar pads its archives to a multiple of ten KiB. */
    private static final long MAX_PADDING = 1 << 20;

    private static final long MIN_LIMIT_BYTES = 1L << 30;

    private final DebPackage source;
    private final int place;
    private final UnpackBudget budget;
    private final Excludes excludes;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();

    PackageStream(DebPackage source, int place, UnpackBudget budget, Excludes excludes) {
        this.excludes = excludes;
        this.source = source;
        this.place = place;
        this.budget = budget;
    }

    DebPackage source() {
        return source;
    }

    /** Unpacks the archive; runs on a worker and ends with the package. */
    void run(Future<Path> archive) {
        try {
            Path file = archive.get();
            try {
                unpack(file);
            } catch (IOException e) {
                // Damage shows as anything: an end too early, a path out of the tree. The digest tells it from malice.
                if (!Thread.currentThread().isInterrupted() && !matches(file)) {
                    throw changed(file, e);
                }
                throw e;
            }
            put(new End(), 0);
        } catch (ExecutionException e) {
            parts.add(new Failure(e.getCause() == null ? e : e.getCause()));
        } catch (Throwable e) {
            // Whatever it is, the writer waits for it.
            parts.add(new Failure(e));
        }
    }

    private void unpack(Path file) throws IOException, InterruptedException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new Digesting(Files.newInputStream(file), digest);
                DebFile deb = new DebFile(in)) {
            put(new Control(deb.control()), ENTRY_COST);
            try (InputStream data = deb.data()) {
                entries(data);
            }
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (!Sha256.hex(digest.digest()).equals(source.sha256())) {
            throw changed(file, null);
        }
    }

    private boolean matches(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new Digesting(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Sha256.hex(digest.digest()).equals(source.sha256());
    }

    static IOException changed(Path file, @Nullable IOException cause) throws IOException {
        Files.deleteIfExists(file);
        return new IOException("its file was changed in the folder of downloads; it is fetched anew next time", cause);
    }

    private void entries(InputStream data) throws IOException, InterruptedException {
        // Four times what the index says leaves room for every honest package and none for a bomb.
        long limit = Math.max(MIN_LIMIT_BYTES, source.installedBytes() * 4);
        TarReader tar = new TarReader(data, MAX_ENTRIES, limit);
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            if (entry.kind() != TarEntry.Kind.DIRECTORY && excludes.test(entry.path())) {
                continue;
            }
            put(new Entry(entry), ENTRY_COST);
            long left = entry.sizeBytes();
            while (left > 0) {
                byte[] bytes = new byte[(int) Math.min(CHUNK, left)];
                int filled = 0;
                while (filled < bytes.length) {
                    int n = tar.read(bytes, filled, bytes.length - filled);
                    if (n < 0) {
                        throw new EOFException("content ends too early");
                    }
                    filled += n;
                }
                put(new Content(bytes, filled), filled);
                left -= filled;
            }
        }
        // What follows the end of the archive is padding, and part of what the digest covers.
        byte[] rest = new byte[BLOCK];
        long padding = 0;
        for (int n = data.read(rest); n >= 0; n = data.read(rest)) {
            padding += n;
            if (padding > MAX_PADDING) {
                throw new ArchiveException("more than padding after the end of the files");
            }
        }
    }

    private void put(Part part, long cost) throws InterruptedException {
        if (cost > 0) {
            budget.acquire(place, cost);
        }
        parts.add(part);
    }

    /** The next part; called by the writer, once it has come to this package. */
    Part take() throws Exception {
        Part part = parts.take();
        if (part instanceof Failure failure) {
            if (failure.cause() instanceof Error error) {
                throw error;
            }
            throw (Exception) failure.cause();
        }
        if (part instanceof Content content) {
            budget.release(content.length());
        } else if (!(part instanceof End)) {
            budget.release(ENTRY_COST);
        }
        return part;
    }

    private static final class Digesting extends FilterInputStream {

        private final MessageDigest digest;

        Digesting(InputStream in, MessageDigest digest) {
            super(in);
            this.digest = digest;
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            if (b >= 0) {
                digest.update((byte) b);
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = in.read(buffer, offset, length);
            if (n > 0) {
                digest.update(buffer, offset, n);
            }
            return n;
        }

        @Override
        public long skip(long count) throws IOException {
            // What is skipped is part of the digest too.
            return readNBytes((int) Math.min(count, 1 << 16)).length;
        }
    }
}
