/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import dev.berth.plugin.rootfs.debian.internal.archive.ArchiveException;
import dev.berth.plugin.rootfs.debian.internal.archive.TarEntry;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tree holds so far, by real path: the path that is left when every folder that is a symbolic link was followed,
 * as the kernel would with this tree as its root.
 */
final class Tree {

    private static final int MAX_LINKS = 40;
    private static final int NOBODY = -1;

    /**
     * @param owner place of the package in the order; -1 for what belongs to none
     * @param listed the path as the package wrote it
     * @param link target of a symbolic link, otherwise empty
     */
    record Node(TarEntry.Kind kind, int owner, String listed, String link) {}

    private final Map<String, Node> nodes = new HashMap<>();

    Tree() {
        nodes.put("", new Node(TarEntry.Kind.DIRECTORY, -1, "", ""));
    }

    @Nullable
    Node get(String realPath) {
        return nodes.get(realPath);
    }

    void put(String realPath, Node node) {
        nodes.put(realPath, node);
    }

    /** The real path of an entry: links among its parents are followed, its own last part is not. */
    String real(String path) throws ArchiveException {
        return real(path, NOBODY);
    }

    /**
     * The real path of an entry of a package.
     *
     * @throws ArchiveException if it goes through a link of the same package: no folder that was packed has that, since
     *     a path is a link or a folder, never both
     */
    String real(String path, int writer) throws ArchiveException {
        int slash = path.lastIndexOf('/');
        if (slash < 0) {
            return path;
        }
        String parent = path.substring(0, slash);
        Node known = nodes.get(parent);
        // Only real paths are keys, so a folder found by its plain name is where it says.
        if (known != null && known.kind() == TarEntry.Kind.DIRECTORY) {
            return path;
        }
        String real = follow(parent, writer);
        return real.isEmpty() ? path.substring(slash + 1) : real + path.substring(slash);
    }

    /** The real path of a folder, all links followed. Parts that do not exist stay as they are. */
    String follow(String path) throws ArchiveException {
        return follow(path, NOBODY);
    }

    private String follow(String path, int writer) throws ArchiveException {
        Deque<String> rest = new ArrayDeque<>(List.of(path.split("/")));
        String at = "";
        int links = 0;
        while (!rest.isEmpty()) {
            String part = rest.pop();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                at = parent(at);
                continue;
            }
            String next = at.isEmpty() ? part : at + "/" + part;
            Node node = nodes.get(next);
            if (node == null || node.kind() == TarEntry.Kind.DIRECTORY) {
                at = next;
            } else if (node.kind() == TarEntry.Kind.SYMLINK) {
                if (writer != NOBODY && node.owner() == writer) {
                    throw new ArchiveException("an entry below a symbolic link of its own: " + path + " goes through "
                            + next + ", a link to " + node.link());
                }
                if (++links > MAX_LINKS) {
                    throw new ArchiveException("symbolic links that go round in circles: " + path);
                }
                if (node.link().startsWith("/")) {
                    at = "";
                }
                List<String> parts = Arrays.asList(node.link().split("/"));
                for (int i = parts.size() - 1; i >= 0; i--) {
                    rest.push(parts.get(i));
                }
            } else {
                throw new ArchiveException("a path that goes through a file: " + path);
            }
        }
        return at;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
