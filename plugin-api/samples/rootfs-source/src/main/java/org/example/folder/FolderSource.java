package org.example.folder;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.error.RootfsException;
import dev.berth.api.image.Digest;
import dev.berth.api.image.ImageConfig;
import dev.berth.api.image.ImageWriter;
import dev.berth.api.image.LayerOutput;
import dev.berth.api.rootfs.FetchedRootfs;
import dev.berth.api.rootfs.RootfsFeature;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.rootfs.RootfsRequest;
import dev.berth.api.rootfs.RootfsResolution;
import dev.berth.api.rootfs.RootfsSource;
import dev.berth.api.task.Registration;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/**
 * Makes an image from a folder of this host that holds a root file system. In a recipe: {@code "base": {"refs":
 * ["folder:/srv/trees/alpine"]}}.
 */
@Component
public final class FolderSource implements RootfsSource {

    private static final String SCHEME = "folder";

    @Override
    public String id() {
        return "org.example.folder";
    }

    @Override
    public boolean understands(RootfsReference reference) {
        return reference.scheme().equals(SCHEME);
    }

    @Override
    public Set<RootfsFeature> features() {
        return Set.of();
    }

    /** The key says what the tree is: names, sizes and times of all files, so that a changed folder is another image. */
    @Override
    public RootfsResolution resolve(RootfsRequest request, TaskContext context)
            throws RootfsException, InterruptedException {
        Path folder = Path.of(request.reference().name());
        if (!Files.isDirectory(folder.resolve("usr")) && !Files.isDirectory(folder.resolve("bin"))) {
            throw new RootfsException(
                    "rootfs.folder",
                    ErrorKind.INVALID,
                    folder + " is not a root file system: it has neither usr nor bin.",
                    "",
                    Remedy.advice("Unpack one there first."),
                    null);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            MessageDigest key = MessageDigest.getInstance("SHA-256");
            long bytes = 0;
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                context.checkCancelled();
                long size = Files.isSymbolicLink(file) ? 0 : Files.size(file);
                String line = folder.relativize(file) + " " + size + " "
                        + Files.getLastModifiedTime(file, java.nio.file.LinkOption.NOFOLLOW_LINKS).toMillis() + "\n";
                key.update(line.getBytes(StandardCharsets.UTF_8));
                bytes += size;
            }
            Digest digest = Digest.sha256(HexFormat.of().formatHex(key.digest()));
            return new RootfsResolution(request, digest, 0, bytes, "the folder " + folder);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new RootfsException("rootfs.folder", folder + " cannot be read: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The store takes a layer as a tar archive, checks every entry of it, and shows it to nobody before the commit. */
    @Override
    public FetchedRootfs fetch(RootfsResolution resolution, ImageWriter writer, TaskContext context)
            throws BerthException, InterruptedException {
        String folder = resolution.request().reference().name();
        context.progress().message("Reading " + folder);
        try (LayerOutput layer = writer.newLayer("the folder " + folder, context)) {
            Process tar = new ProcessBuilder("tar", "-C", folder, "--numeric-owner", "--xattrs", "--one-file-system", "-cf", "-", ".")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // A cancelled task ends the process, and with it the read below.
            try (Registration ending = context.onCancel(tar::destroy);
                    InputStream archive = tar.getInputStream()) {
                archive.transferTo(layer);
            }
            context.checkCancelled();
            if (tar.waitFor() != 0) {
                throw new RootfsException("rootfs.folder", "tar could not read all of " + folder + ".", null);
            }
            layer.commit();
        } catch (IOException e) {
            throw new RootfsException("rootfs.folder", folder + " cannot be read: " + e.getMessage(), e);
        }
        return new FetchedRootfs(ImageConfig.of(resolution.request().platform()), List.of());
    }
}
