/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import com.sun.jna.Native;
import dev.berth.images.tar.TarEntry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Handles of the folders of a tree. A path is walked component by component from the root's handle, and links are
 * followed by reading them, never by the kernel: {@code bin/sh} goes to {@code usr/bin/sh} where {@code bin} is such a
 * link, as it would after a chroot, and no link leads out. A link that climbs above the root, or leads to a folder that
 * the layer does not have, is refused. Not thread-safe.
 */
final class FolderHandles implements AutoCloseable {

    private static final int OPEN = 192;
    private static final int LINKS = 40;
    /** Folders in each other; well below {@link #OPEN}, so that opening one never closes those above it. */
    static final int DEPTH = 150;

    private static final int FLAGS = Libc.O_RDONLY | Libc.O_DIRECTORY | Libc.O_NOFOLLOW | Libc.O_CLOEXEC;

    /** Makes a folder that the archive did not mention. */
    @FunctionalInterface
    interface Maker {
        void make(int parent, String name) throws IOException;
    }

    private record Step(String name, boolean fromLink) {}

    private final int root;
    private final Maker maker;
    private final Scratch name = new Scratch(8192);
    private final Scratch buffer = new Scratch(8192);
    private final LinkedHashMap<String, Integer> open = new LinkedHashMap<>(OPEN * 2, 0.75f, true);
    /** Paths with links in them, and where they lead. */
    private final Map<String, String> real = new HashMap<>();

    FolderHandles(int root, Maker maker) {
        this.root = root;
        this.maker = maker;
    }

    /** The path of a folder with all links resolved. The folder and those above are made if they are missing. */
    String resolve(String path) throws IOException {
        if (path.isEmpty() || open.containsKey(path)) {
            return path;
        }
        String known = real.get(path);
        if (known != null) {
            return known;
        }
        Deque<Step> steps = new ArrayDeque<>();
        push(steps, path, false);
        String at = "";
        int links = 0;
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            if (step.name.isEmpty() || step.name.equals(".")) {
                continue;
            }
            if (step.name.equals("..")) {
                if (at.isEmpty()) {
                    throw new UnpackException(
                            "The entry " + TarEntry.display(path) + " goes through a link that leads out of the root.");
                }
                at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
                continue;
            }
            String next = at.isEmpty() ? step.name : at + "/" + step.name;
            if (next.chars().filter(c -> c == '/').count() >= DEPTH) {
                throw new UnpackException("The entry " + TarEntry.display(path) + " lies too deep in folders.");
            }
            if (open.containsKey(next)) {
                at = next;
                continue;
            }
            int parent = handle(at);
            int fd = Libc.openat(parent, name.string(step.name), FLAGS, 0);
            int error = fd < 0 ? Native.getLastError() : 0;
            if (error == Libc.ENOENT) {
                if (step.fromLink) {
                    throw new UnpackException("The entry " + TarEntry.display(path)
                            + " goes through a link to a folder that the layer does not have.");
                }
                maker.make(parent, step.name);
                fd = Libc.openat(parent, name.string(step.name), FLAGS, 0);
                error = fd < 0 ? Native.getLastError() : 0;
            }
            if (fd >= 0) {
                remember(next, fd);
                at = next;
                continue;
            }
            if (error != Libc.ENOTDIR && error != Libc.ELOOP) {
                throw Errors.failure("cannot open the folder", next, error);
            }
            if (++links > LINKS) {
                throw new UnpackException("The entry " + TarEntry.display(path) + " goes through too many links.");
            }
            String target = readLink(parent, step.name, path);
            if (target.startsWith("/")) {
                at = "";
            }
            push(steps, target, true);
        }
        if (!at.equals(path)) {
            real.put(path, at);
        }
        return at;
    }

    /** The handle of a folder whose path {@link #resolve} gave; valid until the next call. */
    int handle(String resolved) throws IOException {
        if (resolved.isEmpty()) {
            return root;
        }
        Integer known = open.get(resolved);
        if (known != null) {
            return known;
        }
        int slash = resolved.lastIndexOf('/');
        int parent = handle(slash < 0 ? "" : resolved.substring(0, slash));
        int fd = Libc.openat(parent, name.string(resolved.substring(slash + 1)), FLAGS, 0);
        if (fd < 0) {
            throw Errors.failure("cannot open the folder", resolved, Native.getLastError());
        }
        remember(resolved, fd);
        return fd;
    }

    /** Forgets a path that was replaced, and all below it. */
    void forget(String resolved) {
        real.clear();
        String below = resolved + "/";
        open.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().equals(resolved) || entry.getKey().startsWith(below);
            if (gone) {
                Libc.close(entry.getValue());
            }
            return gone;
        });
    }

    private void remember(String resolved, int fd) {
        open.put(resolved, fd);
        if (open.size() > OPEN) {
            var eldest = open.entrySet().iterator();
            Libc.close(eldest.next().getValue());
            eldest.remove();
        }
    }

    private String readLink(int parent, String component, String path) throws IOException {
        long length = Libc.readlinkat(parent, name.string(component), buffer.buffer(), buffer.size());
        if (length < 0) {
            throw new UnpackException("The entry " + TarEntry.display(path) + " lies in something that is no folder.");
        }
        if (length == 0 || length >= buffer.size()) {
            throw new UnpackException("The entry " + TarEntry.display(path) + " goes through an unusable link.");
        }
        return buffer.text((int) length);
    }

    private static void push(Deque<Step> steps, String path, boolean fromLink) {
        String[] names = path.split("/", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            steps.push(new Step(names[i], fromLink));
        }
    }

    @Override
    public void close() {
        open.values().forEach(Libc::close);
        open.clear();
    }
}
