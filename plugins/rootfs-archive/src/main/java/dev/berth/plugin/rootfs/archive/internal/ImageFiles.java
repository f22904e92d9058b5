/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import dev.berth.api.error.RootfsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of an image layout, in a folder or in an uncompressed tar archive. */
sealed interface ImageFiles {

    int DOCUMENT = 4 << 20;

    boolean has(String name);

    /** In bytes. */
    long size(String name) throws IOException, RootfsException;

    InputStream open(String name) throws IOException, RootfsException;

    /** A document, whole. */
    default byte[] read(String name) throws IOException, RootfsException {
        try (InputStream in = open(name)) {
            byte[] bytes = in.readNBytes(DOCUMENT + 1);
            if (bytes.length > DOCUMENT) {
                throw Failures.failed("rootfs.archive.size", "The document " + name + " is too large.", null);
            }
            return bytes;
        }
    }

    private static RootfsException missing(String name) {
        return Failures.failed("rootfs.archive.missing", "The image lacks " + name + ".", null);
    }

    /** In a folder. */
    record Folder(Path folder) implements ImageFiles {

        private @Nullable Path path(String name) {
            Path path = folder.resolve(name).normalize();
            return path.startsWith(folder.normalize()) && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    ? path
                    : null;
        }

        @Override
        public boolean has(String name) {
            return path(name) != null;
        }

        @Override
        public long size(String name) throws IOException, RootfsException {
            Path path = path(name);
            if (path == null) {
                throw missing(name);
            }
            return Files.size(path);
        }

        @Override
        public InputStream open(String name) throws IOException, RootfsException {
            Path path = path(name);
            if (path == null) {
                throw missing(name);
            }
            return Files.newInputStream(path);
        }
    }

    /** In an archive. */
    record Archive(Path file, Map<String, TarScan.Member> members) implements ImageFiles {

        private static final int MOST = 10_000;
        /** What lies at the top of an image's archive, and of no root file system. */
        private static final Pattern TOP = Pattern.compile(
                "blobs|index\\.json|oci-layout|manifest\\.json|repositories|[0-9a-f]{64}(\\.json|\\.tar)?");

        /** The members, if this is the archive of an image; only as many are looked at as it takes to see that. */
        static Optional<ImageFiles> in(Path file, InputStream tar) throws IOException {
            Map<String, TarScan.Member> members = new HashMap<>();
            TarScan scan = new TarScan(tar);
            for (TarScan.Member member = scan.next(); member != null; member = scan.next()) {
                String top = member.name().split("/", 2)[0];
                if (top.isEmpty() || top.equals(".")) {
                    continue;
                }
                if (!TOP.matcher(top).matches() || members.size() > MOST) {
                    return Optional.empty();
                }
                if (member.file()) {
                    members.put(member.name(), member);
                }
            }
            boolean image = members.containsKey("manifest.json") || members.containsKey("index.json");
            return image ? Optional.of(new Archive(file, Map.copyOf(members))) : Optional.empty();
        }

        @Override
        public boolean has(String name) {
            return members.containsKey(name);
        }

        @Override
        public long size(String name) throws RootfsException {
            TarScan.Member member = members.get(name);
            if (member == null) {
                throw missing(name);
            }
            return member.size();
        }

        @Override
        public InputStream open(String name) throws IOException, RootfsException {
            TarScan.Member member = members.get(name);
            if (member == null) {
                throw missing(name);
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            channel.position(member.offset());
            return new Part(Channels.newInputStream(channel), member.size());
        }
    }

    /** So many bytes of a stream. */
    final class Part extends InputStream {

        private final InputStream in;
        private long left;

        Part(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int n = in.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(n, 0);
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
