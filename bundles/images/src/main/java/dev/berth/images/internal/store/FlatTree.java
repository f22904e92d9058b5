/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.store;

import dev.berth.api.error.ImageException;
import dev.berth.api.image.LayerInfo;
import dev.berth.api.task.TaskContext;
import dev.berth.api.task.Unit;
import dev.berth.images.tar.ChunkSource;
import dev.berth.images.tar.TarEntry;
import dev.berth.images.tar.TarReader;
import dev.berth.images.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of an image's layers as one archive (OCI image specification 1.1, "Image Layer Filesystem Changeset"): two
 * passes over the layers, the first of which finds out which member is the last of its path, and what became of the
 * targets of hard links.
 */
public final class FlatTree {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final LocalImageStore store;
    private final List<LayerInfo> layers;

    /** Where a path's file was defined last. */
    private record Place(int layer, int member, char type) {}

    /** Members whose content goes on under other names: their own was replaced above. */
    private final Map<Place, String> moved = new HashMap<>();

    private final Set<Place> winners = new HashSet<>();
    /**
     * Folders, each as it was said last. They are written after all else, members before their folder: GNU's tar gives a
     * folder its time when it has left it, and what is added later changes it again.
     */
    private final NavigableMap<String, TarEntry> folders = new TreeMap<>();
    /** Hard links to be written, and under which name their content has been written by then. */
    private final Map<Place, String> targets = new HashMap<>();

    /** The layers, lowest first. */
    public FlatTree(LocalImageStore store, List<LayerInfo> layers) {
        this.store = store;
        this.layers = List.copyOf(layers);
    }

    /** Writes the archive; {@code out} is not closed. */
    public void write(OutputStream out, TaskContext context) throws ImageException, InterruptedException {
        long total = layers.stream().mapToLong(LayerInfo::sizeBytes).sum();
        context.progress().start(2 * total, Unit.BYTES, "Writing the files of the image");
        try {
            survey(context);
            TarWriter tar = new TarWriter(out);
            for (int layer = 0; layer < layers.size(); layer++) {
                copy(layer, tar, context);
            }
            for (Map.Entry<String, TarEntry> folder : folders.descendingMap().entrySet()) {
                tar.entry(renamed(folder.getValue(), folder.getKey(), ""));
            }
            tar.finish();
        } catch (IOException e) {
            throw Failures.of("cannot write the files of the image", e);
        }
    }

    /** What is at each path once all layers lie on each other; hard links point to the place of their content. */
    private void survey(TaskContext context) throws IOException, ImageException, InterruptedException {
        NavigableMap<String, Place> tree = new TreeMap<>();
        Map<Place, Place> links = new HashMap<>();
        Map<Place, TarEntry> seen = new HashMap<>();
        for (int layer = 0; layer < layers.size(); layer++) {
            NavigableMap<String, Place> own = new TreeMap<>();
            List<String> opaque = new ArrayList<>();
            List<String> gone = new ArrayList<>();
            try (InputStream in = store.expandedLayer(layers.get(layer), context)) {
                TarReader reader = new TarReader(chunks(in));
                int member = 0;
                for (TarEntry entry = reader.next(); entry != null; entry = reader.next(), member++) {
                    context.checkCancelled();
                    String path = clean(entry.name());
                    String name = path.substring(path.lastIndexOf('/') + 1);
                    String folder = path.substring(0, path.length() - name.length());
                    if (name.equals(OPAQUE)) {
                        opaque.add(folder);
                    } else if (name.startsWith(WHITEOUT)) {
                        gone.add(folder + name.substring(WHITEOUT.length()));
                    } else {
                        Place place = new Place(layer, member, entry.type());
                        if (entry.type() == TarEntry.HARD_LINK) {
                            String target = clean(entry.linkName());
                            Place content = own.containsKey(target) ? own.get(target) : tree.get(target);
                            if (content == null) {
                                throw Failures.digest(
                                        "A layer links to " + TarEntry.display(target) + ", which is not there.");
                            }
                            links.put(place, links.getOrDefault(content, content));
                        }
                        if (entry.type() == TarEntry.FOLDER) {
                            seen.put(place, entry);
                        }
                        own.put(path, place);
                    }
                }
            }
            opaque.forEach(folder -> below(tree, folder).clear());
            for (String path : gone) {
                tree.remove(path);
                below(tree, path + "/").clear();
            }
            own.forEach((path, place) -> {
                if (place.type() != TarEntry.FOLDER) {
                    below(tree, path + "/").clear();
                }
                tree.put(path, place);
            });
        }
        tree.forEach((path, place) -> {
            TarEntry folder = seen.get(place);
            if (folder != null) {
                folders.put(path, folder);
            }
        });
        tree.values().removeIf(place -> place.type() == TarEntry.FOLDER);
        settle(tree, links);
    }

    /** Decides for each content under which name it is written first. */
    private void settle(NavigableMap<String, Place> tree, Map<Place, Place> links) {
        Map<Place, String> named = new HashMap<>();
        tree.forEach((path, place) -> {
            winners.add(place);
            if (!links.containsKey(place)) {
                named.put(place, path);
            }
        });
        tree.forEach((path, place) -> {
            Place content = links.get(place);
            if (content == null) {
                return;
            }
            String first = named.putIfAbsent(content, path);
            if (first == null) {
                moved.put(content, path);
                winners.remove(place);
            } else {
                targets.put(place, first);
            }
        });
    }

    private static NavigableMap<String, Place> below(NavigableMap<String, Place> tree, String folder) {
        return folder.isEmpty() ? tree : tree.subMap(folder, true, folder + '\uffff', false);
    }

    private void copy(int layer, TarWriter tar, TaskContext context)
            throws IOException, ImageException, InterruptedException {
        byte[] buffer = new byte[128 << 10];
        try (InputStream in = store.expandedLayer(layers.get(layer), context)) {
            TarReader reader = new TarReader(chunks(in));
            int member = 0;
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next(), member++) {
                context.checkCancelled();
                Place place = new Place(layer, member, entry.type());
                String name = moved.getOrDefault(place, winners.contains(place) ? clean(entry.name()) : "");
                if (name.isEmpty()) {
                    continue;
                }
                write(entry, name, targets.getOrDefault(place, entry.linkName()), reader, tar, buffer);
            }
        }
    }

    private static void write(TarEntry entry, String name, String link, TarReader reader, TarWriter tar, byte[] buffer)
            throws IOException, InterruptedException {
        tar.entry(renamed(entry, name, link));
        Deque<TarEntry.Segment> segments = new ArrayDeque<>(entry.segments());
        TarEntry.@Nullable Segment segment = segments.poll();
        long at = 0;
        long inSegment = 0;
        for (ByteBuffer data = reader.data(); data != null; data = reader.data()) {
            while (data.hasRemaining()) {
                int n = Math.min(buffer.length, data.remaining());
                if (segment != null) {
                    at = zeros(tar, at, segment.offset() + inSegment, buffer);
                    n = (int) Math.min(n, segment.length() - inSegment);
                }
                data.get(buffer, 0, n);
                tar.write(buffer, 0, n);
                at += n;
                inSegment += n;
                while (segment != null && inSegment >= segment.length()) {
                    segment = segments.poll();
                    inSegment = 0;
                }
            }
        }
        if (entry.type() == TarEntry.FILE) {
            zeros(tar, at, entry.size(), buffer);
        }
    }

    private static TarEntry renamed(TarEntry entry, String name, String link) {
        return new TarEntry(
                name,
                entry.type(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.size(),
                link,
                entry.seconds(),
                entry.nanos(),
                entry.major(),
                entry.minor(),
                entry.xattrs(),
                List.of());
    }

    private static long zeros(TarWriter tar, long from, long to, byte[] buffer) throws IOException {
        long at = from;
        if (at < to) {
            Arrays.fill(buffer, (byte) 0);
        }
        while (at < to) {
            int n = (int) Math.min(buffer.length, to - at);
            tar.write(buffer, 0, n);
            at += n;
        }
        return at;
    }

    /** Without what means nothing: "./a//b/" is "a/b"; the root is "./". */
    private static String clean(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? "./" : String.join("/", parts);
    }

    private static ChunkSource chunks(InputStream in) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(128 << 10);
        byte[] bytes = new byte[128 << 10];
        return () -> {
            int n = in.readNBytes(bytes, 0, bytes.length);
            buffer.clear();
            buffer.put(bytes, 0, n).flip();
            return n == 0 ? null : buffer;
        };
    }
}
