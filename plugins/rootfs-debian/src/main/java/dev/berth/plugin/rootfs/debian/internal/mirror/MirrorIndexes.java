/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.rootfs.debian.internal.archive.Decompressor;
import dev.berth.plugin.rootfs.debian.internal.index.PackageIndex;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what a set of suites offers: the signed release file of each, and the package indexes that it vouches for.
 * Indexes are cached by their digest; a release file is asked for again each time, and the copy kept from before serves
 * when the mirror says it has not changed, or cannot be reached.
 */
public final class MirrorIndexes {

    private static final Logger LOG = LoggerFactory.getLogger(MirrorIndexes.class);
    private static final int MAX_RELEASE_BYTES = 16 << 20;
    private static final long MAX_INDEX_BYTES = 1L << 30;

    /** A suite that was read. */
    public record Suite(SourceEntry entry, ReleaseFile release, KeyRing keys) {}

    private final Http http;
    private final Path cache;
    private final Clock clock;

    /** @param cache a folder that may be emptied at any time */
    public MirrorIndexes(Http http, Path cache, Clock clock) {
        this.http = http;
        this.cache = cache;
        this.clock = clock;
    }

    /** Reads one suite into an index; empty when the suite does not exist and need not. */
    public Optional<Suite> read(
            SourceEntry entry, KeyRing keys, String architecture, PackageIndex index, TaskContext context)
            throws RootfsException, InterruptedException {
        byte[] signed = release(entry, context);
        if (signed == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        ReleaseFile release = new ReleaseFile(ClearSigned.verify(signed, keys, now));
        check(entry, release, now);
        for (String component : entry.components()) {
            String folder = component + "/binary-" + architecture + "/Packages";
            ReleaseFile.IndexFile plain = release.file(folder).orElse(null);
            for (String suffix : List.of("xz", "gz", "")) {
                Optional<ReleaseFile.IndexFile> file = release.file(suffix.isEmpty() ? folder : folder + "." + suffix);
                if (file.isPresent()) {
                    byte[] packed = index(entry, release, file.get(), context);
                    index.add(entry.uri(), unpack(packed, suffix, plain));
                    break;
                }
            }
        }
        return Optional.of(new Suite(entry, release, keys));
    }

    private static void check(SourceEntry entry, ReleaseFile release, Instant now) throws RootfsException {
        if (!release.isCalled(entry.suite())) {
            throw refused(
                    "rootfs.release.suite",
                    "The mirror's release file is not that of " + entry.suite() + ".",
                    "it is of " + release.codename() + " (" + release.suite() + ")");
        }
        Optional<Instant> end = release.validUntil();
        if (entry.checkValidUntil() && end.isPresent() && end.get().isBefore(now)) {
            throw refused(
                    "rootfs.release.expired",
                    "The mirror's release file of " + entry.suite() + " is out of date.",
                    "valid until " + end.get() + "; now " + now);
        }
    }

    private byte @Nullable [] release(SourceEntry entry, TaskContext context)
            throws RootfsException, InterruptedException {
        String address = entry.uri() + "dists/" + entry.suite() + "/InRelease";
        Path kept = cache.resolve("release-" + Sha256.of(address.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        Path date = kept.resolveSibling(kept.getFileName() + ".date");
        String since = null;
        try {
            if (Files.exists(kept) && Files.exists(date)) {
                since = Files.readString(date);
            }
        } catch (IOException e) {
            since = null;
        }
        try (Http.Answer answer = http.get(Http.uri(address), 0, since);
                var cancel = context.onCancel(answer)) {
            switch (answer.status()) {
                case 200 -> {
                    byte[] bytes = answer.body().readNBytes(MAX_RELEASE_BYTES + 1);
                    if (bytes.length > MAX_RELEASE_BYTES) {
                        throw new IOException("release file too large");
                    }
                    keep(kept, bytes);
                    String modified = answer.header("Last-Modified");
                    if (modified != null) {
                        keep(date, modified.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    } else {
                        Files.deleteIfExists(date);
                    }
                    return bytes;
                }
                case 304 -> {
                    return Files.readAllBytes(kept);
                }
                case 404, 410 -> {
                    if (entry.optional()) {
                        return null;
                    }
                    throw refused(
                            "rootfs.suite.unknown",
                            "The mirror has no suite called " + entry.suite() + ".",
                            address + ": HTTP status " + answer.status());
                }
                default -> throw new IOException("HTTP status " + answer.status());
            }
        } catch (IOException e) {
            Http.rethrowInterrupt(e);
            if (Files.exists(kept)) {
                LOG.info("Using the release file kept from before: {}: {}", address, e.toString());
                context.progress().log("The mirror does not answer; using what it said last time.");
                return readKept(kept);
            }
            throw unreachable(address, e);
        }
    }

    private static byte[] readKept(Path kept) throws RootfsException {
        try {
            return Files.readAllBytes(kept);
        } catch (IOException e) {
            throw new RootfsException("rootfs.cache.unreadable", "The cache of package indexes cannot be read.", e);
        }
    }

    private byte[] index(SourceEntry entry, ReleaseFile release, ReleaseFile.IndexFile file, TaskContext context)
            throws RootfsException, InterruptedException {
        if (file.sizeBytes() > MAX_INDEX_BYTES) {
            throw refused("rootfs.index.size", "A package index of the mirror is too large.", file.toString());
        }
        Path kept = cache.resolve(file.sha256());
        try {
            if (Files.exists(kept)) {
                byte[] bytes = Files.readAllBytes(kept);
                if (Sha256.of(bytes).equals(file.sha256())) {
                    return bytes;
                }
                Files.delete(kept);
            }
            Files.createDirectories(cache);
        } catch (IOException e) {
            LOG.debug("Cannot use the cached index {}: {}", kept, e.toString());
        }
        String suite = entry.uri() + "dists/" + entry.suite() + "/";
        String byHash = file.path().substring(0, file.path().lastIndexOf('/')) + "/by-hash/SHA256/" + file.sha256();
        context.progress().message("Downloading the package index of " + entry.suite());
        try {
            return Files.readAllBytes(new Transfer(
                            http,
                            "The package index " + file.path() + " of " + entry.suite(),
                            suite + (release.byHash() ? byHash : file.path()),
                            kept,
                            file.sizeBytes(),
                            file.sha256(),
                            bytes -> {})
                    .run());
        } catch (IOException e) {
            throw new RootfsException("rootfs.cache.unreadable", "The cache of package indexes cannot be read.", e);
        }
    }

    private static byte[] unpack(byte[] packed, String suffix, ReleaseFile.@Nullable IndexFile plain)
            throws RootfsException {
        long limit = plain == null ? MAX_INDEX_BYTES : Math.min(plain.sizeBytes(), MAX_INDEX_BYTES);
        try (InputStream in = Decompressor.open(suffix, new ByteArrayInputStream(packed))) {
            byte[] text = in.readNBytes((int) limit + 1);
            if (text.length > limit) {
                throw new IOException("unpacks to more than " + limit + " bytes");
            }
            return text;
        } catch (IOException e) {
            throw new RootfsException("rootfs.index.damaged", "A package index of the mirror is damaged.", e);
        }
    }

    private void keep(Path file, byte[] bytes) {
        try {
            Files.createDirectories(cache);
            Path temporary = Files.createTempFile(cache, "new-", ".tmp");
            Files.write(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("Cannot keep {}: {}", file, e.toString());
        }
    }

    private static RootfsException refused(String code, String summary, String detail) {
        return new RootfsException(code, ErrorKind.FAILED, summary, detail, Remedy.NONE, null);
    }

    private static RootfsException unreachable(String address, IOException cause) {
        return new RootfsException(
                "rootfs.mirror.unreachable",
                ErrorKind.FAILED,
                "The package mirror cannot be reached: " + Reason.of(cause) + ".",
                address + ": " + cause,
                Remedy.advice("Check the network and the mirror's address."),
                cause);
    }
}
