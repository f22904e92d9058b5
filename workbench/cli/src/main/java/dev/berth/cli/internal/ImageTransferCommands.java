/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal;

import dev.berth.api.error.BerthException;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.images.StoredImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth image pull} and {@code import}. */
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
}
