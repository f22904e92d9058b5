/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.image.Platform;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A file or folder with a root file system or an image in it. */
final class ArchiveFile {

    private static final int CONFIGURATION = 64 << 10;

    private final Path file;
    private final Platform platform;

    ArchiveFile(Path file, Platform platform) {
        this.file = file;
        this.platform = platform;
    }

    /** What is known before anything is taken. */
    record About(Digest key, String summary) {}

    /** Reads all of an archive of files, and only the documents of an image. */
    About about(TaskContext context) throws RootfsException, IOException, InterruptedException {
        Optional<ImageFiles> image = image();
        if (image.isPresent()) {
            ImageDocument document = ImageDocument.read(image.get(), platform);
            return new About(document.key(), "image of " + document.layers().size() + " layers");
        }
        context.progress().start(Files.size(file), Unit.BYTES, "Reading " + file.getFileName());
        try (InputStream in = Files.newInputStream(file)) {
            return new About(Sums.of(in, context), "archive of a root file system");
        }
    }

    /** Takes all layers into the store, if they are still what {@link #about} saw. */
    ImageConfig fetch(Digest key, ImageWriter writer, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Optional<ImageFiles> image = image();
        if (image.isPresent()) {
            return image(image.get(), key, writer, context);
        }
        long size = Files.size(file);
        context.progress().start(size, Unit.BYTES, "Unpacking " + file.getFileName());
        Packing packing = packing();
        // Files of WSL say something about themselves, which must be found on the way.
        if (packing == Packing.XZ || name().endsWith(".wsl")) {
            return tapped(packing, key, writer, context);
        }
        try (InputStream in = Files.newInputStream(file)) {
            writer.addLayer(in, packing.mediaType(), key, size, context);
        }
        return ImageConfig.of(platform);
    }

    /** The same for a distribution of WSL, whatever its file is called. */
    ImageConfig fetchDistribution(Digest key, ImageWriter writer, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        context.progress().start(Files.size(file), Unit.BYTES, "Unpacking the distribution");
        return tapped(packing(), key, writer, context);
    }

    private String name() {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    private Packing packing() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Packing.of(in);
        }
    }

    private Optional<ImageFiles> image() throws IOException, RootfsException {
        if (Files.isDirectory(file)) {
            ImageFiles files = new ImageFiles.Folder(file);
            if (!files.has("index.json") || !files.has("oci-layout")) {
                throw Failures.invalid("rootfs.archive.folder", "The folder " + file + " is no OCI image layout.");
            }
            return Optional.of(files);
        }
        Packing packing = packing();
        try (InputStream in = packing.open(Files.newInputStream(file))) {
            Optional<ImageFiles> image = ImageFiles.Archive.in(file, in);
            if (image.isPresent() && packing != Packing.NONE) {
                throw Failures.invalid(
                        "rootfs.archive.compressed",
                        file.getFileName() + " is a compressed archive of an image; decompress it first.");
            }
            return image;
        }
    }

    private ImageConfig image(ImageFiles files, Digest key, ImageWriter writer, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        ImageDocument document = ImageDocument.read(files, platform);
        if (!document.key().equals(key)) {
            throw Failures.digest(String.valueOf(file.getFileName()));
        }
        long total = 0;
        for (ImageDocument.Layer layer : document.layers()) {
            total += files.size(layer.file());
        }
        context.progress().start(total, Unit.BYTES, "Unpacking " + file.getFileName());
        for (ImageDocument.Layer layer : document.layers()) {
            String type = layer.mediaType();
            Digest digest = layer.digest();
            if (type.isEmpty()) {
                try (InputStream in = files.open(layer.file())) {
                    type = Packing.of(in).mediaType();
                }
            }
            if (digest == null) {
                try (InputStream in = files.open(layer.file())) {
                    digest = type.equals(Packing.NONE.mediaType()) ? layer.diffId() : Sums.of(in, TaskContext.silent());
                }
            }
            context.checkCancelled();
            if (writer.hasBlob(digest)) {
                writer.reuseLayer(digest, layer.diffId(), type, context);
                context.progress().add(files.size(layer.file()));
                continue;
            }
            try (InputStream in = files.open(layer.file())) {
                LayerInfo added = writer.addLayer(in, type, digest, files.size(layer.file()), context);
                if (!added.diffId().equals(layer.diffId())) {
                    throw Failures.digest("layer " + digest.brief());
                }
            }
        }
        return document.config();
    }

    private ImageConfig tapped(Packing packing, Digest key, ImageWriter writer, TaskContext context)
            throws BerthException, IOException, InterruptedException {
        Map<String, String> labels = new HashMap<>();
        MessageDigest sum = Sums.begin();
        try (LayerOutput layer = writer.newLayer(String.valueOf(file.getFileName()), context)) {
            try (InputStream raw = new Counted(new DigestInputStream(Files.newInputStream(file), sum), context);
                    InputStream tar = new Tap(packing.open(raw), layer)) {
                TarScan scan = new TarScan(tar);
                for (TarScan.Member member = scan.next(); member != null; member = scan.next()) {
                    context.checkCancelled();
                    if (member.file() && member.name().equals("etc/wsl-distribution.conf")) {
                        labels.putAll(WslConfiguration.labels(scan.content(member, CONFIGURATION)));
                    }
                }
                tar.transferTo(java.io.OutputStream.nullOutputStream());
                raw.transferTo(java.io.OutputStream.nullOutputStream());
            }
            if (!Sums.end(sum).equals(key)) {
                throw Failures.digest(String.valueOf(file.getFileName()));
            }
            layer.commit();
        }
        ImageConfig bare = ImageConfig.of(platform);
        return new ImageConfig(
                platform, bare.environment(), bare.entrypoint(), bare.command(), bare.workingFolder(), "", labels);
    }

    /** Hands on what is read. */
    private static final class Tap extends FilterInputStream {

        private final LayerOutput layer;

        Tap(InputStream in, LayerOutput layer) {
            super(in);
            this.layer = layer;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            if (n > 0) {
                layer.write(target, offset, n);
            }
            return n;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] buffer = new byte[(int) Math.min(count, 128 << 10)];
            return Math.max(0, read(buffer, 0, buffer.length));
        }

        @Override
        public void skipNBytes(long count) throws IOException {
            byte[] buffer = new byte[128 << 10];
            for (long left = count; left > 0; ) {
                int n = read(buffer, 0, (int) Math.min(buffer.length, left));
                if (n < 0) {
                    throw new java.io.EOFException("the archive ends early");
                }
                left -= n;
            }
        }
    }

    private static final class Counted extends FilterInputStream {

        private final TaskContext context;

        Counted(InputStream in, TaskContext context) {
            super(in);
            this.context = context;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            context.progress().add(Math.max(0, n));
            return n;
        }
    }
}
