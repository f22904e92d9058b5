/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import dev.berth.plugin.rootfs.debian.internal.archive.ArchiveException;
import dev.berth.plugin.rootfs.debian.internal.archive.TarEntry;
import dev.berth.plugin.rootfs.debian.internal.archive.TarEntry.Kind;
import dev.berth.plugin.rootfs.debian.internal.index.DebPackage;
import dev.berth.plugin.rootfs.debian.internal.index.Relation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Merges the entries of packages into one archive by the rules of dpkg: a folder is made once and keeps its first owner
 * and mode; an entry below a folder that is a symbolic link goes where the link leads; a file of one package gives way
 * to another's only if the other says that it replaces it (Debian Policy 7.6), and is then no longer listed as its own.
 */
final class TreeWriter {

    private final TarWriter tar;
    private final Tree tree = new Tree();
    private final long time;
    private final List<DebPackage> packages = new ArrayList<>();
    /** By package: the paths it lists, as it wrote them. */
    private final List<List<String>> lists = new ArrayList<>();

    private final Set<Integer> diverting = new HashSet<>();
    /** By package: the paths it lost to others. */
    private final List<Set<String>> lost = new ArrayList<>();

    /** @param time of what no package brings, in seconds since the epoch */
    TreeWriter(OutputStream out, long time) {
        tar = new TarWriter(out);
        this.time = time;
    }

    /** Begins the next package. */
    void begin(DebPackage source) {
        packages.add(source);
        lists.add(new ArrayList<>());
        lost.add(new HashSet<>());
    }

    /** Notes that the package begun last may divert files of others. */
    void diverts() {
        diverting.add(packages.size() - 1);
    }

    /**
     * Adds an entry of the package begun last.
     *
     * @return whether its content is wanted
     */
    boolean entry(TarEntry entry) throws IOException, DivertedException {
        int owner = packages.size() - 1;
        if (entry.path().isEmpty()) {
            return false;
        }
        lists.get(owner).add(entry.path());
        String real = tree.real(entry.path(), owner);
        parents(real);
        Tree.Node there = tree.get(real);
        if (there != null && !makesWay(there, entry, real, owner)) {
            return false;
        }
        String link = entry.link();
        if (entry.kind() == Kind.HARDLINK) {
            link = tree.real(link);
            Tree.Node target = tree.get(link);
            if (target == null || target.kind() == Kind.DIRECTORY || target.owner() != owner) {
                throw new ArchiveException("a hard link to what is not a file of the package: " + entry.path());
            }
        }
        Kind kind = entry.kind();
        tree.put(real, new Tree.Node(kind, owner, entry.path(), kind == Kind.SYMLINK ? link : ""));
        tar.entry(new TarEntry(
                kind, real, link, entry.mode(), entry.uid(), entry.gid(), entry.mtime(), entry.sizeBytes()));
        return kind == Kind.FILE;
    }

    /** Whether an entry is to be written although there is something at its path. */
    private boolean makesWay(Tree.Node there, TarEntry entry, String real, int owner)
            throws IOException, DivertedException {
        boolean folderThere = there.kind() == Kind.DIRECTORY;
        if (folderThere) {
            // A folder stays, also when another package would have a link there (dpkg, src/main/archives.c).
            if (entry.kind() == Kind.DIRECTORY || entry.kind() == Kind.SYMLINK) {
                return false;
            }
            throw new ArchiveException("a file where a folder is: " + entry.path());
        }
        if (entry.kind() == Kind.DIRECTORY) {
            if (there.kind() == Kind.SYMLINK) {
                String target = tree.follow(real);
                parents(target);
                folder(target);
                return false;
            }
            throw new ArchiveException("a folder where a file is: " + entry.path());
        }
        if (entry.kind() == Kind.SYMLINK
                && there.kind() == Kind.SYMLINK
                && entry.link().equals(there.link())) {
            return false;
        }
        if (there.owner() < 0) {
            return false;
        }
        if (there.owner() == owner) {
            // A compatibility link beside the file itself, made one by the merged /usr.
            if (entry.kind() == Kind.SYMLINK) {
                return false;
            }
            if (there.kind() == Kind.SYMLINK) {
                return true;
            }
            throw new ArchiveException("the same path twice: " + entry.path());
        }
        DebPackage mine = packages.get(owner);
        DebPackage other = packages.get(there.owner());
        if (replaces(other, mine)) {
            lost.get(owner).add(entry.path());
            return false;
        }
        if (replaces(mine, other)) {
            lost.get(there.owner()).add(there.listed());
            return true;
        }
        if (diverting.contains(owner) || diverting.contains(there.owner())) {
            throw new DivertedException(diverting.contains(owner) ? mine : other);
        }
        throw new ArchiveException(entry.path() + " is in " + other.name() + " too");
    }

    private static boolean replaces(DebPackage one, DebPackage other) {
        for (Relation relation : one.replaces()) {
            if (relation.name().equals(other.name()) && relation.allows(other.version())) {
                return true;
            }
        }
        return false;
    }

    /** Content of the entry added last. */
    void content(byte[] bytes, int length) throws IOException {
        tar.content(bytes, 0, length);
    }

    /** Makes a folder that no package owns, and those above it, unless something is there. */
    void folder(String path) throws IOException {
        String real = tree.real(path);
        parents(real);
        if (!real.isEmpty() && tree.get(real) == null) {
            own(new TarEntry(Kind.DIRECTORY, real, "", 0755, 0, 0, time, 0));
        }
    }

    /** Writes a file that no package owns, unless something is there. */
    void file(String path, int mode, byte[] content) throws IOException {
        String real = tree.real(path);
        parents(real);
        if (tree.get(real) == null) {
            own(new TarEntry(Kind.FILE, real, "", mode, 0, 0, time, content.length));
            tar.content(content, 0, content.length);
        }
    }

    void file(String path, int mode, String content) throws IOException {
        file(path, mode, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a symbolic link that no package owns, unless something is there. */
    void link(String path, String target) throws IOException {
        if (tree.get(path) == null) {
            own(new TarEntry(Kind.SYMLINK, path, target, 0777, 0, 0, time, 0));
        }
    }

    /** Whether the tree has something at a path. */
    boolean has(String path) throws ArchiveException {
        return tree.get(tree.real(path)) != null;
    }

    private void own(TarEntry entry) throws IOException {
        tree.put(entry.path(), new Tree.Node(entry.kind(), -1, entry.path(), entry.link()));
        tar.entry(entry);
    }

    private void parents(String real) throws IOException {
        String parent = Tree.parent(real);
        if (tree.get(parent) == null) {
            parents(parent);
            own(new TarEntry(Kind.DIRECTORY, parent, "", 0755, 0, 0, time, 0));
        }
    }

    /** The paths that a package lists, in its order, without those it lost to others. */
    List<String> list(int place) {
        Set<String> gone = lost.get(place);
        return lists.get(place).stream().filter(path -> !gone.contains(path)).toList();
    }

    void finish() throws IOException {
        tar.finish();
    }
}
