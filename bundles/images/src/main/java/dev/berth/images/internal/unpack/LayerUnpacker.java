/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import dev.berth.images.tar.ChunkSource;
import dev.berth.images.tar.TarEntry;
import dev.berth.images.tar.TarReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks one layer (OCI image specification 1.1, "Image Layer Filesystem Changeset") into a folder in the form that
 * overlayfs mounts, or only checks it. Refuses what could reach outside the folder or exhaust the host; the folder is
 * then to be thrown away.
 */
public final class LayerUnpacker {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String RESERVED = ".wh..wh.";
    /** major * 256 + minor of the character devices that every container has. */
    private static final Set<Long> STANDARD_DEVICES =
            Set.of(0x103L, 0x105L, 0x107L, 0x108L, 0x109L, 0x500L, 0x501L, 0x502L);

    private final Tree tree;
    private final UnpackLimits limits;
    private final List<String> notes = new ArrayList<>();
    private long entries;
    private long bytes;

    private LayerUnpacker(Tree tree, UnpackLimits limits) {
        this.tree = tree;
        this.limits = limits;
    }

    /** Whether this host can unpack layers, beyond checking them. */
    public static boolean supported() {
        return Libc.supported();
    }

    /** Whether this process is the superuser of its user namespace. */
    public static boolean superuser() {
        return supported() && Libc.geteuid() == 0;
    }

    /**
     * Unpacks.
     *
     * @param folder existing and empty
     * @param userXattrs whether overlayfs will be mounted in a user namespace and looks for {@code user.overlay.}
     * @return notes on what was left out, one sentence each
     * @throws UnpackException if the archive is refused
     */
    public static List<String> unpack(ChunkSource source, Path folder, boolean userXattrs, UnpackLimits limits)
            throws IOException, InterruptedException {
        String opaque = userXattrs ? "user.overlay.opaque" : "trusted.overlay.opaque";
        try (LinuxTree tree = new LinuxTree(folder, superuser(), opaque)) {
            return new LayerUnpacker(tree, limits).run(source);
        }
    }

    /** Checks an archive without writing anything. */
    public static void check(ChunkSource source, UnpackLimits limits) throws IOException, InterruptedException {
        try (NoTree tree = new NoTree()) {
            new LayerUnpacker(tree, limits).run(source);
        }
    }

    private List<String> run(ChunkSource source) throws IOException, InterruptedException {
        TarReader reader = new TarReader(source);
        for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
            if (++entries > limits.entries()) {
                throw new UnpackException("The archive has more than " + limits.entries() + " entries.");
            }
            unpack(entry, reader);
            if ((entries & 0x3ff) == 0 && Thread.interrupted()) {
                throw new InterruptedException("cancelled");
            }
        }
        tree.finish();
        notes.addAll(tree.notes());
        return notes;
    }

    private void unpack(TarEntry entry, TarReader reader) throws IOException, InterruptedException {
        String path = Names.check(entry.name(), "entry", limits);
        if (path.isEmpty()) {
            if (entry.type() == TarEntry.FOLDER) {
                tree.folder("", meta(entry));
                return;
            }
            throw refuse(entry, "has no name");
        }
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        if (name.startsWith(WHITEOUT)) {
            whiteout(entry, path.substring(0, Math.max(0, slash)), name);
            return;
        }
        switch (entry.type()) {
            case TarEntry.FOLDER -> tree.folder(path, meta(entry));
            case TarEntry.FILE -> file(entry, path, reader);
            case TarEntry.SYMLINK -> {
                if (entry.linkName().isEmpty() || entry.linkName().length() > limits.pathBytes()) {
                    throw refuse(entry, "is a link to nothing or to too long a name");
                }
                tree.symlink(path, entry.linkName(), meta(entry));
            }
            case TarEntry.HARD_LINK -> {
                String target = Names.check(entry.linkName(), "target of the hard link " + path, limits);
                if (target.isEmpty()) {
                    throw refuse(entry, "is a hard link to the root");
                }
                tree.hardLink(path, target);
            }
            case TarEntry.FIFO -> tree.node(path, TarEntry.FIFO, 0, 0, meta(entry));
            default -> device(entry, path);
        }
    }

    private void whiteout(TarEntry entry, String folder, String name) throws IOException {
        if (name.equals(OPAQUE)) {
            tree.opaque(folder);
            return;
        }
        if (name.startsWith(RESERVED)) {
            // Bookkeeping of aufs, of no meaning to anyone else.
            return;
        }
        String hidden = name.substring(WHITEOUT.length());
        if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
            throw refuse(entry, "hides nothing that can be");
        }
        tree.whiteout(folder.isEmpty() ? hidden : folder + "/" + hidden);
    }

    private void file(TarEntry entry, String path, TarReader reader) throws IOException, InterruptedException {
        if (entry.size() > limits.fileBytes()) {
            throw refuse(entry, "is larger than " + limits.fileBytes() + " bytes");
        }
        bytes += entry.size();
        if (bytes > limits.totalBytes()) {
            throw new UnpackException("The archive holds more than " + limits.totalBytes() + " bytes.");
        }
        Tree.Meta meta = meta(entry);
        tree.beginFile(path, meta);
        if (entry.sparse()) {
            for (TarEntry.Segment segment : entry.segments()) {
                copy(reader, segment.offset(), segment.length());
            }
            tree.endFile(entry.size(), meta);
        } else {
            copy(reader, 0, entry.size());
            tree.endFile(-1, meta);
        }
    }

    private @Nullable ByteBuffer rest;

    private void copy(TarReader reader, long offset, long length) throws IOException, InterruptedException {
        long done = 0;
        while (done < length) {
            ByteBuffer piece = rest != null && rest.hasRemaining() ? rest : reader.data();
            if (piece == null) {
                throw new UnpackException("The archive is truncated.");
            }
            int n = (int) Math.min(length - done, piece.remaining());
            tree.write(piece.slice(piece.position(), n), offset + done);
            piece.position(piece.position() + n);
            rest = piece;
            done += n;
        }
        if (rest != null && !rest.hasRemaining()) {
            rest = null;
        }
    }

    private void device(TarEntry entry, String path) throws IOException {
        long major = entry.major();
        long minor = entry.minor();
        boolean character = entry.type() == TarEntry.CHARACTER_DEVICE;
        if (character && major == 0 && minor == 0) {
            throw refuse(entry, "is a device that overlayfs takes for a white-out");
        }
        boolean standard = character && minor < 256 && STANDARD_DEVICES.contains(major << 8 | minor);
        boolean allowed = switch (limits.devices()) {
            case ALL -> major < 1L << 32 && minor < 1L << 32;
            case STANDARD -> standard;
            case NONE -> false;
        };
        if (!allowed) {
            throw refuse(
                    entry,
                    "is a device node (" + (character ? "character " : "block ") + major + ":" + minor
                            + ") that a container must not bring along");
        }
        tree.node(path, entry.type(), major, minor, meta(entry));
    }

    private Tree.Meta meta(TarEntry entry) throws IOException {
        if (entry.uid() > 0xfffffffeL || entry.gid() > 0xfffffffeL) {
            throw refuse(entry, "has an owner that cannot be: " + entry.uid() + ":" + entry.gid());
        }
        return new Tree.Meta(
                entry.mode(),
                (int) entry.uid(),
                (int) entry.gid(),
                entry.seconds(),
                entry.nanos(),
                entry.xattrs().isEmpty() ? Map.of() : xattrs(entry));
    }

    /**
     * Attributes that mean something in a container. Those of overlayfs would redirect it to other folders; the labels
     * of the machine where the archive was made mean nothing here.
     */
    private Map<String, byte[]> xattrs(TarEntry entry) {
        Map<String, byte[]> kept = new LinkedHashMap<>();
        entry.xattrs().forEach((key, value) -> {
            boolean wanted = key.length() < 256
                    && key.indexOf(0) < 0
                    && (key.equals("security.capability")
                            || key.startsWith("system.posix_acl_")
                            || (key.startsWith("user.") && !key.startsWith("user.overlay.")));
            if (wanted) {
                kept.put(key, value);
            } else if (!key.equals("security.selinux") && notes.size() < 20) {
                notes.add("The attribute " + TarEntry.display(key) + " of " + TarEntry.display(entry.name())
                        + " was left out.");
            }
        });
        return kept;
    }

    private static UnpackException refuse(TarEntry entry, String why) {
        return new UnpackException("The entry " + TarEntry.display(entry.name()) + " " + why + ".");
    }
}
