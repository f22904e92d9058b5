/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileKey;
import dev.berth.plugin.share.ninep.internal.volume.Node;
import java.util.HashMap;
import java.util.Map;

/** The files that the guest's kernel knows, by the numbers it knows them by; each is known until it forgets it. */
final class FuseNodes {

    /** FUSE_ROOT_ID. */
    static final long ROOT = 1;

    /** A kernel forgets when memory is short, so an honest one stays below; each costs some hundred bytes here. */
    private static final int LIMIT = 1 << 20;

    private final Map<Long, Entry> byId = new HashMap<>();
    private final Map<FileKey, Entry> byKey = new HashMap<>();
    private final Entry root;
    private long last = ROOT;

    private static final class Entry {
        final long id;
        Node node;
        long lookups;

        Entry(long id, Node node) {
            this.id = id;
            this.node = node;
        }
    }

    /** Takes the root over. */
    FuseNodes(Node root) {
        this.root = new Entry(ROOT, root);
        byId.put(ROOT, this.root);
        byKey.put(root.key(), this.root);
    }

    /** Does something with a file. */
    @FunctionalInterface
    interface Work {
        void on(Node node) throws ErrnoException;
    }

    /** Does something with the file of that number, which stays for as long. */
    void use(long id, Work work) throws ErrnoException {
        Node node = acquire(id);
        try {
            work.on(node);
        } finally {
            node.release();
        }
    }

    private synchronized Node acquire(long id) throws ErrnoException {
        Entry entry = byId.get(id);
        if (entry == null) {
            throw ErrnoException.of(Errno.ESTALE);
        }
        entry.node.retain();
        return entry.node;
    }

    /**
     * Takes over a node that is about to be told to the kernel, which will forget it once more for this.
     *
     * @return its number
     */
    synchronized long tell(Node found) throws ErrnoException {
        Entry known = byKey.get(found.key());
        if (known == root) {
            found.release();
            return ROOT;
        }
        if (known != null && known.node.type() == found.type()) {
            // What was found last has the name that it is found by again.
            known.node.release();
            known.node = found;
            known.lookups++;
            return known.id;
        }
        if (byId.size() >= LIMIT) {
            found.release();
            throw ErrnoException.of(Errno.ENFILE);
        }
        Entry fresh = new Entry(++last, found);
        fresh.lookups = 1;
        byId.put(fresh.id, fresh);
        byKey.put(found.key(), fresh);
        return fresh.id;
    }

    /** Takes over a node under the name that it was given, without telling the kernel. */
    synchronized void renamed(Node found) {
        Entry known = byKey.get(found.key());
        if (known == null || known == root || known.node.type() != found.type()) {
            found.release();
            return;
        }
        known.node.release();
        known.node = found;
    }

    /** The kernel has forgotten it so many times. */
    synchronized void forget(long id, long times) {
        Entry entry = byId.get(id);
        if (entry == null || entry == root) {
            return;
        }
        entry.lookups -= Math.min(entry.lookups, Math.max(0, times));
        if (entry.lookups == 0) {
            byId.remove(id);
            byKey.remove(entry.node.key(), entry);
            entry.node.release();
        }
    }

    /** Gives all up. */
    synchronized void clear() {
        byId.values().forEach(entry -> entry.node.release());
        byId.clear();
        byKey.clear();
    }
}
