/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import com.sun.jna.Native;
import dev.berth.images.tar.TarEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder of a Linux host, reached by handles alone. Not thread-safe. */
final class LinuxTree implements Tree {

    private static final int WRITE_FLAGS =
            Libc.O_WRONLY | Libc.O_CREAT | Libc.O_EXCL | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;
    private static final int MAX_XATTR = 64 << 10;
    private static final int MAX_NOTES = 20;
    private static final int REMOVE_FOLDER = 0x200;
    private static final int SETGID = 02000;
    private static final byte[] YES = {'y'};

    private record Times(long seconds, int nanos) {}

    private final Path root;
    private final String opaqueName;
    private final int rootFd;
    private final boolean superuser;
    private final FolderHandles folders;
    private final Scratch name = new Scratch(8192);
    private final Scratch other = new Scratch(8192);
    private final Scratch times = new Scratch(32);
    private final Scratch value = new Scratch(MAX_XATTR + 1);
    /** Writing into a folder changes its time, so folders get theirs at the end. */
    private final Map<String, Times> folderTimes = new LinkedHashMap<>();

    private final List<String> notes = new ArrayList<>();
    /** Below a folder with this bit a new file does not begin with our own group. */
    private boolean setgidSeen;

    private int file = -1;
    private String filePath = "";

    /**
     * @param root an existing folder that nobody else writes to
     * @param superuser whether owners and devices are made as the archive says
     * @param opaqueName the extended attribute that makes a folder hide those below
     */
    LinuxTree(Path root, boolean superuser, String opaqueName) throws IOException {
        this.root = root;
        this.superuser = superuser;
        this.opaqueName = opaqueName;
        String raw = TarEntry.raw(root.toString());
        rootFd = Libc.openat(
                -100, name.string(raw), Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC, 0);
        if (rootFd < 0) {
            throw Errors.failure("cannot open", raw, Native.getLastError());
        }
        folders = new FolderHandles(rootFd, this::makeMissing);
    }

    private void makeMissing(int parent, String component) throws IOException {
        if (Libc.mkdirat(parent, name.string(component), 0755) != 0) {
            throw Errors.failure("cannot make the folder", component, Native.getLastError());
        }
        // The mask of the process must not show in an image.
        Libc.fchmodat(parent, name.string(component), 0755, 0);
    }

    @Override
    public void folder(String path, Meta meta) throws IOException {
        String at;
        if (path.isEmpty()) {
            at = path;
        } else {
            Place place = place(path);
            at = place.path;
            if (Libc.mkdirat(place.parent, name.string(place.name), 0700) != 0) {
                int error = Native.getLastError();
                if (error != Libc.EEXIST) {
                    throw Errors.failure("cannot make the folder", path, error);
                }
                if (!isFolder(place)) {
                    boolean hidden = isWhiteout(place);
                    remove(place);
                    check(Libc.mkdirat(place.parent, name.string(place.name), 0700), "cannot make the folder", path);
                    if (hidden) {
                        setXattr(folders.handle(at), path, opaqueName, YES);
                    }
                }
            }
        }
        int fd = folders.handle(at);
        attributes(fd, path, meta, -1);
        folderTimes.put(at, new Times(meta.seconds(), meta.nanos()));
    }

    @Override
    public void beginFile(String path, Meta meta) throws IOException {
        Place place = place(path);
        int fd = Libc.openat(place.parent, name.string(place.name), WRITE_FLAGS, 0600);
        if (fd < 0) {
            int error = Native.getLastError();
            if (error != Libc.EEXIST) {
                throw Errors.failure("cannot make the file", path, error);
            }
            remove(place);
            fd = Libc.openat(place.parent, name.string(place.name), WRITE_FLAGS, 0600);
            check(fd, "cannot make the file", path);
        }
        file = fd;
        filePath = path;
    }

    @Override
    public void write(ByteBuffer data, long offset) throws IOException {
        long from = Scratch.address(data) + data.position();
        long at = offset;
        long left = data.remaining();
        while (left > 0) {
            long n = Libc.pwrite(file, from, left, at);
            if (n <= 0) {
                throw Errors.failure("cannot write", filePath, Native.getLastError());
            }
            from += n;
            at += n;
            left -= n;
        }
    }

    @Override
    public void endFile(long size, Meta meta) throws IOException {
        int fd = file;
        if (size >= 0) {
            check(Libc.ftruncate(fd, size), "cannot set the size of", filePath);
        }
        attributes(fd, filePath, meta, 0600);
        check(Libc.futimens(fd, times.times(meta.seconds(), meta.nanos())), "cannot set the time of", filePath);
        file = -1;
        check(Libc.close(fd), "cannot write", filePath);
    }

    /** Owner before mode, since a change of owner takes setuid away; capabilities last, for the same reason. */
    private void attributes(int fd, String path, Meta meta, int madeWith) throws IOException {
        setgidSeen |= (meta.mode() & SETGID) != 0;
        if (superuser && (madeWith < 0 || setgidSeen || meta.uid() != 0 || meta.gid() != 0)) {
            check(Libc.fchown(fd, meta.uid(), meta.gid()), "cannot set the owner of", path);
        }
        if (meta.mode() != madeWith) {
            check(Libc.fchmod(fd, meta.mode()), "cannot set the permissions of", path);
        }
        for (Map.Entry<String, byte[]> xattr : meta.xattrs().entrySet()) {
            setXattr(fd, path, xattr.getKey(), xattr.getValue());
        }
    }

    private void setXattr(int fd, String path, String key, byte[] bytes) throws IOException {
        if (bytes.length > MAX_XATTR) {
            throw new UnpackException("The entry " + TarEntry.display(path) + " has an attribute that is too large.");
        }
        if (Libc.fsetxattr(fd, name.string(key), value.bytes(bytes), bytes.length, 0) != 0) {
            xattrFailed(path, key, Native.getLastError());
        }
    }

    private void xattrFailed(String path, String key, int error) throws IOException {
        if (error == Libc.ENOSPC || error == Libc.EDQUOT || key.equals(opaqueName)) {
            throw Errors.failure("cannot set " + key + " of", path, error);
        }
        note("The attribute " + TarEntry.display(key) + " of " + TarEntry.display(path)
                + " was left out: the file system does not take it.");
    }

    @Override
    public void symlink(String path, String target, Meta meta) throws IOException {
        Place place = place(path);
        long to = other.string(target);
        if (Libc.symlinkat(to, place.parent, name.string(place.name)) != 0) {
            int error = Native.getLastError();
            if (error != Libc.EEXIST) {
                throw Errors.failure("cannot make the link", path, error);
            }
            remove(place);
            to = other.string(target);
            check(Libc.symlinkat(to, place.parent, name.string(place.name)), "cannot make the link", path);
        }
        finishByName(place, meta, false);
    }

    @Override
    public void hardLink(String path, String target) throws IOException {
        Place from = place(target);
        Place to = place(path);
        if (to.path.equals(from.path)) {
            return;
        }
        // Both handles anew: either may have been closed for want of room while the other was looked up.
        int source = folders.handle(from.folder());
        int goal = folders.handle(to.folder());
        if (link(source, from.name, goal, to.name) != 0) {
            int error = Native.getLastError();
            if (error == Libc.EEXIST) {
                remove(to);
                error = link(source, from.name, goal, to.name) == 0 ? 0 : Native.getLastError();
            }
            if (error == Libc.ENOENT) {
                throw new UnpackException("The entry " + TarEntry.display(path) + " is a hard link to "
                        + TarEntry.display(target) + ", which the layer does not have.");
            }
            if (error != 0) {
                throw Errors.failure("cannot make the hard link", path, error);
            }
        }
    }

    private int link(int fromFolder, String from, int toFolder, String to) {
        return Libc.linkat(fromFolder, name.string(from), toFolder, other.string(to), 0);
    }

    @Override
    public void node(String path, char type, long major, long minor, Meta meta) throws IOException {
        Place place = place(path);
        int kind = switch (type) {
            case TarEntry.FIFO -> Libc.S_IFIFO;
            case TarEntry.CHARACTER_DEVICE -> Libc.S_IFCHR;
            default -> Libc.S_IFBLK;
        };
        long device = type == TarEntry.FIFO ? 0 : device(major, minor);
        int result = Libc.mknodat(place.parent, name.string(place.name), kind | 0600, device);
        int error = result == 0 ? 0 : Native.getLastError();
        if (error == Libc.EEXIST) {
            remove(place);
            result = Libc.mknodat(place.parent, name.string(place.name), kind | 0600, device);
            error = result == 0 ? 0 : Native.getLastError();
        }
        if (error == Libc.EPERM && type != TarEntry.FIFO) {
            note("The device " + TarEntry.display(path) + " was left out: only the superuser can make it.");
            return;
        }
        if (error != 0) {
            throw Errors.failure("cannot make", path, error);
        }
        finishByName(place, meta, true);
    }

    private void finishByName(Place place, Meta meta, boolean hasMode) throws IOException {
        long at = name.string(place.name);
        if (superuser) {
            check(
                    Libc.fchownat(place.parent, at, meta.uid(), meta.gid(), Libc.AT_SYMLINK_NOFOLLOW),
                    "cannot set the owner of",
                    place.path);
        }
        if (hasMode) {
            check(Libc.fchmodat(place.parent, at, meta.mode(), 0), "cannot set the permissions of", place.path);
        }
        for (Map.Entry<String, byte[]> xattr : meta.xattrs().entrySet()) {
            String self = "/proc/self/fd/" + place.parent + "/" + place.name;
            int length = xattr.getValue().length;
            if (length > MAX_XATTR
                    || Libc.lsetxattr(
                                    name.string(self),
                                    other.string(xattr.getKey()),
                                    value.bytes(xattr.getValue()),
                                    length,
                                    0)
                            != 0) {
                xattrFailed(place.path, xattr.getKey(), Native.getLastError());
            }
        }
        check(
                Libc.utimensat(
                        place.parent,
                        name.string(place.name),
                        times.times(meta.seconds(), meta.nanos()),
                        Libc.AT_SYMLINK_NOFOLLOW),
                "cannot set the time of",
                place.path);
    }

    @Override
    public void whiteout(String path) throws IOException {
        Place place = place(path);
        if (Libc.mknodat(place.parent, name.string(place.name), Libc.S_IFCHR, 0) == 0) {
            return;
        }
        int error = Native.getLastError();
        if (error != Libc.EEXIST) {
            throw Errors.failure("cannot hide", path, error);
        }
        // The layer itself has something there: only what lies below it is to be hidden.
        if (isFolder(place)) {
            setXattr(folders.handle(place.path), path, opaqueName, YES);
        }
    }

    @Override
    public void opaque(String folder) throws IOException {
        String at = folders.resolve(folder);
        setXattr(folders.handle(at), folder, opaqueName, YES);
    }

    @Override
    public void finish() throws IOException {
        for (Map.Entry<String, Times> entry : folderTimes.entrySet()) {
            Times time = entry.getValue();
            int fd = folders.handle(entry.getKey());
            check(Libc.futimens(fd, times.times(time.seconds, time.nanos)), "cannot set the time of", entry.getKey());
        }
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void close() {
        if (file >= 0) {
            Libc.close(file);
            file = -1;
        }
        folders.close();
        Libc.close(rootFd);
    }

    /** A name in an open folder. */
    private record Place(int parent, String name, String path) {
        String folder() {
            return path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
    }

    private Place place(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        String folder = folders.resolve(slash < 0 ? "" : path.substring(0, slash));
        String last = path.substring(slash + 1);
        return new Place(folders.handle(folder), last, folder.isEmpty() ? last : folder + "/" + last);
    }

    private boolean isFolder(Place place) {
        int fd = Libc.openat(
                place.parent,
                name.string(place.name),
                Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC,
                0);
        if (fd >= 0) {
            Libc.close(fd);
        }
        return fd >= 0;
    }

    private boolean isWhiteout(Place place) {
        @Nullable Object device;
        try {
            device = Files.getAttribute(file(place), "unix:rdev", java.nio.file.LinkOption.NOFOLLOW_LINKS);
            Object mode = Files.getAttribute(file(place), "unix:mode", java.nio.file.LinkOption.NOFOLLOW_LINKS);
            return Long.valueOf(0).equals(device) && mode instanceof Integer bits && (bits & 0170000) == Libc.S_IFCHR;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Takes away what is in the way. */
    private void remove(Place place) throws IOException {
        if (Libc.unlinkat(place.parent, name.string(place.name), 0) == 0) {
            folders.forget(place.path);
            return;
        }
        int error = Native.getLastError();
        if (error != Libc.EISDIR && error != Libc.EPERM) {
            throw Errors.failure("cannot replace", place.path, error);
        }
        if (Libc.unlinkat(place.parent, name.string(place.name), REMOVE_FOLDER) != 0) {
            removeAll(file(place));
        }
        folders.forget(place.path);
        String below = place.path + "/";
        folderTimes.keySet().removeIf(path -> path.equals(place.path) || path.startsWith(below));
    }

    /** Rare: an archive that replaces a folder by something else. The path was resolved, so no link is in it. */
    private static void removeAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException error) throws IOException {
                if (error != null) {
                    throw error;
                }
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Path file(Place place) throws IOException {
        byte[] bytes = place.path.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        try {
            return root.resolve(text);
        } catch (java.nio.file.InvalidPathException e) {
            throw new UnpackException("The entry " + TarEntry.display(place.path) + " replaces a folder in a way that"
                    + " cannot be followed.");
        }
    }

    private static long device(long major, long minor) {
        return (major & 0xfffff000L) << 32 | (major & 0xfffL) << 8 | (minor & 0xffffff00L) << 12 | (minor & 0xffL);
    }

    private void check(int result, String what, String path) throws IOException {
        if (result < 0) {
            throw Errors.failure(what, path, Native.getLastError());
        }
    }

    private void note(String text) {
        if (notes.size() < MAX_NOTES) {
            notes.add(text);
        }
    }
}
