/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.images.ImageTransfer;
import dev.berth.images.StoredImage;
import dev.berth.sessions.Snapshot;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth image export} and {@code berth session export}. */
final class ExportCommands {

    private ExportCommands() {}

    /** Writes an image to a file, which appears whole or not at all. */
    private abstract static class Export extends Command {
        @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
        Path file = Path.of("");

        @Option(
                names = {"--format", "--form"},
                paramLabel = "FORMAT",
                description =
                        "oci: an OCI archive; oci-gzip: one for programs that know no zstd; tree: all files as a tar archive, compressed if FILE ends with .gz or"
                                + " .wsl; containerfile: how the image is made. Default: tree for .wsl, containerfile for"
                                + " Containerfile, else oci.")
        String format = "";

        final void write(StoredImage image, ImageTransfer.Form form, TaskContext context)
                throws BerthException, InterruptedException {
            Path target = target();
            Path part = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid());
            try {
                try (OutputStream out = open(part, form)) {
                    services().transfer().export(image, form, out, context);
                }
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new BerthException("image.file", "Cannot write " + file + ": " + e.getMessage(), e);
            } finally {
                part.toFile().delete();
            }
        }

        final void tell(ImageTransfer.Form form, StoredImage image) throws IOException {
            Path target = target();
            console()
                    .result(
                            Json.object(
                                    "file",
                                    target.toString(),
                                    "form",
                                    form.name().toLowerCase(Locale.ROOT),
                                    "sizeBytes",
                                    Files.size(target),
                                    "digest",
                                    image.digest().toString()),
                            target + "  " + Texts.bytes(Files.size(target)));
        }

        private Path target() {
            return file.toAbsolutePath();
        }

        private OutputStream open(Path part, ImageTransfer.Form form) throws IOException {
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 128 << 10);
            String name = file.toString();
            boolean gzip = form == ImageTransfer.Form.TREE && (name.endsWith(".gz") || name.endsWith(".wsl"));
            return gzip ? new GZIPOutputStream(out, 64 << 10) : out;
        }

        final ImageTransfer.Form form() throws BerthException {
            String name = String.valueOf(file.getFileName());
            return switch (format) {
                case "oci" -> ImageTransfer.Form.OCI;
                case "oci-gzip" -> ImageTransfer.Form.OCI_GZIP;
                case "tree" -> ImageTransfer.Form.TREE;
                case "containerfile" -> ImageTransfer.Form.CONTAINERFILE;
                case "" ->
                    name.endsWith(".wsl")
                            ? ImageTransfer.Form.TREE
                            : name.equals("Containerfile") || name.endsWith(".containerfile")
                                    ? ImageTransfer.Form.CONTAINERFILE
                                    : ImageTransfer.Form.OCI;
                default ->
                    throw invalid(
                            "usage", "There is no format " + format + ".", "oci, oci-gzip, tree or containerfile.");
            };
        }
    }

    @picocli.CommandLine.Command(name = "export", description = "Writes an image to a file.")
    static final class OfImage extends Export {
        @Parameters(index = "0", paramLabel = "IMAGE", description = "A name or digest.")
        String image = "";

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            StoredImage found = services()
                    .store()
                    .find(image)
                    .orElseThrow(() ->
                            invalid("image.unknown", "There is no image " + image + ".", "berth image ls lists them."));
            ImageTransfer.Form form = form();
            task("Exporting " + image, context -> {
                write(found, form, context);
                return file;
            });
            tell(form, found);
            return 0;
        }
    }

    @picocli.CommandLine.Command(
            name = "export",
            description =
                    "Writes a session's files as they are now to a file, as an image. A Containerfile holds what its"
                            + " recipe did, and not what was done in the session since.")
    static final class OfSession extends Export {
        @Parameters(index = "0", paramLabel = "NAME", description = "A name or id.")
        String name = "";

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            ImageTransfer.Form form = form();
            // Of this command alone, and gone when it ends.
            String tag = "export-" + ProcessHandle.current().pid();
            StoredImage exported = task("Exporting " + name, context -> {
                Snapshot taken = services().sessions().snapshot(name, tag, context);
                try {
                    StoredImage image = services()
                            .store()
                            .find(taken.image().toString())
                            .orElseThrow(() -> invalid(
                                    "image.unknown", "The snapshot was removed meanwhile.", "Export it once more."));
                    write(image, form, context);
                    return image;
                } finally {
                    removeSnapshot(tag);
                }
            });
            tell(form, exported);
            return 0;
        }

        /** Also after a cancel. */
        private void removeSnapshot(String tag) throws BerthException, InterruptedException {
            boolean interrupted = Thread.interrupted();
            try {
                services().sessions().removeSnapshot(name, tag, TaskContext.silent());
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
