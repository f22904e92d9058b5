/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.images.ImageTransfer;
import dev.berth.images.StoredImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth image pull}, {@code import} and {@code export}. */
final class ImageTransferCommands {

    private static final Pattern SCHEME =
            Pattern.compile("[a-z][a-z0-9-]*:[^/0-9].*|(oci|docker|file|wsl|debian|ubuntu):.*");

    private ImageTransferCommands() {}

    private abstract static class Fetch extends Command {
        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "What the image is called; else after what it was.")
        String name = "";

        @Option(
                names = "--option",
                paramLabel = "KEY=VALUE",
                description = "A setting of the source, such as plain-http=yes.")
        Map<String, String> options = new LinkedHashMap<>();

        final int fetch(RootfsReference reference, String otherwise) throws BerthException, InterruptedException {
            String called = name.isEmpty() ? otherwise : name;
            StoredImage image = task(
                    "Fetching " + called, context -> services().transfer().fetch(reference, called, options, context));
            console().result(ImageCommands.document(image), called + "  " + image.digest());
            return 0;
        }
    }

    @picocli.CommandLine.Command(name = "pull", description = "Pulls an image from a registry, as it is.")
    static final class Pull extends Fetch {
        @Parameters(
                paramLabel = "REF",
                description = "REGISTRY/NAME[:TAG][@DIGEST], or SCHEME:NAME for another source.")
        String text = "";

        @Override
        int run() throws BerthException, InterruptedException {
            RootfsReference reference;
            try {
                reference = RootfsReference.parse(SCHEME.matcher(text).matches() ? text : "oci:" + text);
            } catch (IllegalArgumentException e) {
                throw invalid("rootfs.reference", "This is no reference: " + text, "Write REGISTRY/NAME:TAG.");
            }
            return fetch(reference, reference.name());
        }
    }

    @picocli.CommandLine.Command(
            name = "import",
            description = "Takes an image from a file: an OCI layout or archive, what 'docker save' wrote, a root file "
                    + "system as .tar, .tar.gz, .tar.xz or .tar.zst, or a .wsl file.")
    static final class Import extends Fetch {
        @Parameters(paramLabel = "FILE", description = "The file, or the folder of an OCI layout.")
        Path file = Path.of("");

        @Override
        int run() throws BerthException, InterruptedException {
            if (!Files.exists(file)) {
                throw invalid("image.file", "There is no file " + file + ".", "Check its name.");
            }
            String base = String.valueOf(file.toAbsolutePath().normalize().getFileName());
            String called = base.replaceFirst("(\\.oci)?\\.(tar|tar\\.(gz|xz|zst)|tgz|txz|wsl)$", "");
            return fetch(new RootfsReference("file", file.toAbsolutePath().toString()), called);
        }
    }

    @picocli.CommandLine.Command(name = "export", description = "Writes an image to a file.")
    static final class Export extends Command {
        @Parameters(index = "0", paramLabel = "IMAGE", description = "A name or digest.")
        String image = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
        Path file = Path.of("");

        @Option(
                names = "--form",
                paramLabel = "FORM",
                description =
                        "oci: an OCI archive; oci-gzip: one for programs that know no zstd; tree: all files as a tar archive, compressed if FILE ends with .gz or"
                                + " .wsl; containerfile: how the image is made. Default: tree for .wsl, containerfile for"
                                + " Containerfile, else oci.")
        String form = "";

        @Override
        int run() throws BerthException, IOException, InterruptedException {
            StoredImage found = services()
                    .store()
                    .find(image)
                    .orElseThrow(() ->
                            invalid("image.unknown", "There is no image " + image + ".", "berth image ls lists them."));
            ImageTransfer.Form chosen = form();
            Path target = file.toAbsolutePath();
            Path part = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid());
            try {
                task("Exporting " + image, context -> {
                    try (OutputStream out = open(part, chosen)) {
                        services().transfer().export(found, chosen, out, context);
                    } catch (IOException e) {
                        throw new BerthException("image.file", "Cannot write " + file + ": " + e.getMessage(), e);
                    }
                    return file;
                });
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            console()
                    .result(
                            Json.object(
                                    "file",
                                    target.toString(),
                                    "form",
                                    chosen.name().toLowerCase(Locale.ROOT),
                                    "sizeBytes",
                                    Files.size(target),
                                    "digest",
                                    found.digest().toString()),
                            target + "  " + Texts.bytes(Files.size(target)));
            return 0;
        }

        private OutputStream open(Path part, ImageTransfer.Form chosen) throws IOException {
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 128 << 10);
            String name = file.toString();
            boolean gzip = chosen == ImageTransfer.Form.TREE && (name.endsWith(".gz") || name.endsWith(".wsl"));
            return gzip ? new GZIPOutputStream(out, 64 << 10) : out;
        }

        private ImageTransfer.Form form() throws BerthException {
            String name = String.valueOf(file.getFileName());
            return switch (form) {
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
                    throw invalid("usage", "There is no form " + form + ".", "oci, oci-gzip, tree or containerfile.");
            };
        }
    }
}
