/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads small files of a guest whose root is an overlay of folders, without mounting it. Everything found is hostile:
 * links are followed inside the guest's root only, and nothing but a regular file of bounded size is opened.
 */
public final class LayeredFiles {

    private static final int MOST_LINKS = 40;
    private static final int MOST_BYTES = 1 << 20;

    private final List<Path> roots;

    /** @param roots the folders, highest first */
    public LayeredFiles(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    /** The content of a file, or nothing when there is no such regular file of at most 1 MiB. */
    public Optional<String> read(String guestPath) throws IOException {
        Optional<Path> file = find(guestPath);
        if (file.isEmpty() || !Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file.get(), LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            return content.length > MOST_BYTES
                    ? Optional.empty()
                    : Optional.of(new String(content, StandardCharsets.UTF_8));
        }
    }

    private Optional<Path> find(String guestPath) throws IOException {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(guestPath.split("/+")));
        List<String> done = new ArrayList<>();
        for (int links = 0; !rest.isEmpty(); ) {
            String name = rest.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (!done.isEmpty()) {
                    done.remove(done.size() - 1);
                }
                continue;
            }
            done.add(name);
            Optional<Path> entry = entry(done);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            if (Files.isSymbolicLink(entry.get())) {
                if (++links > MOST_LINKS) {
                    return Optional.empty();
                }
                String target = Files.readSymbolicLink(entry.get()).toString();
                done.remove(done.size() - 1);
                if (target.startsWith("/")) {
                    done.clear();
                }
                List<String> parts = Arrays.asList(target.split("/+"));
                for (int i = parts.size() - 1; i >= 0; i--) {
                    rest.addFirst(parts.get(i));
                }
            } else if (rest.isEmpty()) {
                return entry;
            }
        }
        return Optional.empty();
    }

    /** The topmost entry of a path none of whose folders is a link. */
    private Optional<Path> entry(List<String> names) throws IOException {
        for (Path root : roots) {
            Path path = root;
            boolean hidden = false;
            boolean there = true;
            for (int i = 0; i < names.size(); i++) {
                path = path.resolve(names.get(i));
                if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    there = false;
                    break;
                }
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isOther() && isWhiteout(path)) {
                    hidden = true;
                    break;
                }
                if (!attributes.isDirectory() && i < names.size() - 1) {
                    hidden = true;
                    break;
                }
            }
            if (hidden) {
                return Optional.empty();
            }
            if (there) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    /** A white-out of overlayfs is the character device 0:0. */
    private static boolean isWhiteout(Path path) throws IOException {
        Object device = Files.getAttribute(path, "unix:rdev", LinkOption.NOFOLLOW_LINKS);
        return device instanceof Long number && number == 0;
    }
}
