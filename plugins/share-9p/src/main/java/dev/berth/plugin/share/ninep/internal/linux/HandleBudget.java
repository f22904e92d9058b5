/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the number of open handles in bounds. A client may know far more files than a process may have descriptors
 * (cache=loose keeps one fid for each name it has seen), so the handles that were not used for longest are closed and
 * found again by parent and name when they are needed.
 */
final class HandleBudget {

    private static final int BATCH = 64;

    private final int limit;
    /** Read by whoever changes names, written by eviction: a handle must not be closed by a name that is going away. */
    private final ReentrantReadWriteLock names = new ReentrantReadWriteLock();

    /** Ends of the list of nodes with a handle, in the order of their last look by the clock. Guarded by this. */
    private @Nullable LinuxHandle oldest;

    private @Nullable LinuxHandle newest;
    private int open;
    private final Map<Place, List<LinuxHandle>> evicted = new HashMap<>();
    private volatile boolean anyEvicted;

    /** A name in a folder. */
    private record Place(FileKey folder, ByteBuffer name) {}

    HandleBudget(int limit) {
        this.limit = limit;
    }

    /** A quarter of the descriptors that this process may have. */
    static int defaultLimit() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max open files")) {
                    String soft =
                            line.substring("Max open files".length()).strip().split(" +", 2)[0];
                    return soft.equals("unlimited")
                            ? 100_000
                            : (int) Math.max(64, Math.min(100_000, Long.parseLong(soft) / 4));
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Falls through to what every system grants.
        }
        return 256;
    }

    /** Counts a handle that was opened and makes room where it is one too many. No node may be locked by the caller. */
    void opened(LinuxHandle node) {
        List<LinuxHandle> victims = List.of();
        synchronized (this) {
            append(node);
            open++;
            if (open > limit) {
                victims = new ArrayList<>(BATCH);
                LinuxHandle at = oldest;
                while (at != null && victims.size() < BATCH && (victims.isEmpty() || at != victims.get(0))) {
                    remove(at);
                    append(at);
                    victims.add(at);
                    at = oldest;
                }
            }
        }
        // Never waits, as the thread may itself be changing names; then there are a few too many for a moment.
        if (!victims.isEmpty() && names.writeLock().tryLock()) {
            try {
                victims.stream().filter(victim -> victim != node).forEach(LinuxHandle::evict);
            } finally {
                names.writeLock().unlock();
            }
        }
    }

    /** A handle was closed for good or by eviction. */
    synchronized void closed(LinuxHandle node) {
        remove(node);
        open--;
    }

    synchronized void evicted(FileKey folder, byte[] name, LinuxHandle node) {
        evicted.computeIfAbsent(new Place(folder, ByteBuffer.wrap(name)), place -> new ArrayList<>(1))
                .add(node);
        anyEvicted = true;
    }

    synchronized void unevicted(FileKey folder, byte[] name, LinuxHandle node) {
        Place place = new Place(folder, ByteBuffer.wrap(name));
        List<LinuxHandle> there = evicted.get(place);
        if (there != null && there.remove(node) && there.isEmpty()) {
            evicted.remove(place);
            anyEvicted = !evicted.isEmpty();
        }
    }

    /** To be held while names are changed, from before {@link #nameEnds} on. */
    Lock changingNames() {
        return names.readLock();
    }

    /** Opens again what was closed under a name that is about to go away. */
    void nameEnds(FileKey folder, byte[] name) {
        if (!anyEvicted) {
            return;
        }
        List<LinuxHandle> there;
        synchronized (this) {
            there = List.copyOf(evicted.getOrDefault(new Place(folder, ByteBuffer.wrap(name)), List.of()));
        }
        for (LinuxHandle node : there) {
            try {
                node.pin();
                node.unpin();
            } catch (ErrnoException e) {
                // It is something else by now; whoever uses the node learns so.
            }
        }
    }

    private void append(LinuxHandle node) {
        node.older = newest;
        node.newer = null;
        if (newest != null) {
            newest.newer = node;
        } else {
            oldest = node;
        }
        newest = node;
    }

    private void remove(LinuxHandle node) {
        LinuxHandle before = node.older;
        LinuxHandle after = node.newer;
        if (before != null) {
            before.newer = after;
        } else if (oldest == node) {
            oldest = after;
        }
        if (after != null) {
            after.older = before;
        } else if (newest == node) {
            newest = before;
        }
        node.older = null;
        node.newer = null;
    }
}
