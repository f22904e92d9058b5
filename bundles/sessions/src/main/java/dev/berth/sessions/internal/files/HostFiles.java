/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal.files;

import dev.berth.api.error.SessionException;
import dev.berth.api.task.Progress;
import dev.berth.api.task.TaskContext;
import dev.berth.images.tar.TarEntry;
import dev.berth.images.tar.TarWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes files and folders of this host into an archive. */
final class HostFiles {

    private static final int PIECE = 64 << 10;

    private final TaskContext context;
    private final byte[] piece = new byte[PIECE];
    private int leftOut;

    HostFiles(TaskContext context) {
        this.context = context;
    }

    /** How many bytes of content there are. */
    long count(Iterable<Path> files) throws IOException, InterruptedException {
        long bytes = 0;
        for (Path file : files) {
            bytes += bytes(file, true);
        }
        return bytes;
    }

    private long bytes(Path file, boolean follow) throws IOException, InterruptedException {
        context.checkCancelled();
        BasicFileAttributes attributes = attributes(file, follow);
        if (attributes.isRegularFile()) {
            return attributes.size();
        }
        long bytes = 0;
        if (attributes.isDirectory()) {
            for (Path child : children(file)) {
                bytes += bytes(child, false);
            }
        }
        return bytes;
    }

    /**
     * Writes each under its name. What was chosen itself is followed if it is a link; links within stay links.
     *
     * @return how many entries were left out
     */
    int write(Map<Path, String> files, TarWriter tar) throws IOException, SessionException, InterruptedException {
        for (Map.Entry<Path, String> file : files.entrySet()) {
            write(file.getKey(), TarEntry.raw(file.getValue()), true, tar);
        }
        tar.finish();
        return leftOut;
    }

    private void write(Path file, String name, boolean follow, TarWriter tar)
            throws IOException, SessionException, InterruptedException {
        context.checkCancelled();
        BasicFileAttributes attributes = attributes(file, follow);
        long seconds = Math.max(0, attributes.lastModifiedTime().toInstant().getEpochSecond());
        if (attributes.isDirectory()) {
            tar.folder(name, 0755, 0, 0, seconds);
            for (Path child : children(file)) {
                write(child, name + "/" + TarEntry.raw(String.valueOf(child.getFileName())), false, tar);
            }
        } else if (attributes.isSymbolicLink()) {
            String target = TarEntry.raw(Files.readSymbolicLink(file).toString());
            tar.entry(
                    new TarEntry(name, TarEntry.SYMLINK, 0777, 0, 0, 0, target, seconds, 0, 0, 0, Map.of(), List.of()));
        } else if (attributes.isRegularFile()) {
            context.progress().message(String.valueOf(file.getFileName()));
            content(file, TarWriter.simple(name, TarEntry.FILE, mode(file), 0, 0, attributes.size(), seconds), tar);
        } else {
            leftOut++;
        }
    }

    private void content(Path file, TarEntry entry, TarWriter tar)
            throws IOException, SessionException, InterruptedException {
        Progress progress = context.progress();
        long left = entry.size();
        try (InputStream in = open(file)) {
            tar.entry(entry);
            while (left > 0) {
                context.checkCancelled();
                int n = read(file, in, (int) Math.min(piece.length, left));
                tar.write(piece, 0, n);
                left -= n;
                progress.add(n);
            }
        }
    }

    // What goes wrong on this side is told apart from what goes wrong in the guest.

    private static InputStream open(Path file) throws SessionException {
        try {
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private int read(Path file, InputStream in, int length) throws SessionException {
        try {
            int n = in.read(piece, 0, length);
            if (n < 0) {
                throw new EOFException("it became shorter");
            }
            return n;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static SessionException unreadable(Path file, IOException cause) {
        return new SessionException("session.files.read", file + " cannot be read.", cause);
    }

    private static int mode(Path file) throws IOException {
        boolean program = Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
        return program ? 0755 : 0644;
    }

    private static BasicFileAttributes attributes(Path file, boolean follow) throws IOException {
        LinkOption[] options = follow ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        return Files.readAttributes(file, BasicFileAttributes.class, options);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            List<Path> children = new ArrayList<>();
            entries.forEach(children::add);
            return children;
        }
    }
}
