/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The advisory locks of an export. They are kept here and not on the host's files, where all clients would be one
 * process and closing any descriptor would drop every lock.
 */
final class LockTable {

    static final int READ = 0;
    static final int WRITE = 1;
    static final int UNLOCK = 2;
    private static final int LIMIT = 1 << 16;

    /** Who asks: a process of a client of a connection. */
    record Owner(Object connection, int process, String client) {}

    /** @param last inclusive */
    record Held(Owner owner, Fid fid, int type, long first, long last) {

        private boolean meets(long from, long to) {
            return first <= to && from <= last;
        }

        private boolean stops(Owner other, int wanted, long from, long to) {
            return meets(from, to) && !owner.equals(other) && (type == WRITE || wanted == WRITE);
        }
    }

    private final Map<FileKey, List<Held>> locks = new HashMap<>();
    private int count;

    /** The last byte of a range; a length of 0 means all that ever will be. */
    static long last(long first, long length) throws ErrnoException {
        if (first < 0 || length < 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        return length == 0 || length > Long.MAX_VALUE - first ? Long.MAX_VALUE : first + length - 1;
    }

    /** The lock that would stand in the way. */
    synchronized @Nullable Held conflict(FileKey file, Owner owner, int type, long first, long last) {
        for (Held held : locks.getOrDefault(file, List.of())) {
            if (held.stops(owner, type, first, last)) {
                return held;
            }
        }
        return null;
    }

    /** Takes, changes or gives up a lock; false if another's stands in the way. */
    synchronized boolean set(FileKey file, Held wanted) throws ErrnoException {
        boolean unlock = wanted.type() == UNLOCK;
        if (!unlock && conflict(file, wanted.owner(), wanted.type(), wanted.first(), wanted.last()) != null) {
            return false;
        }
        List<Held> all = locks.getOrDefault(file, List.of());
        List<Held> rest = new ArrayList<>(all.size() + 2);
        for (Held held : all) {
            if (!held.owner().equals(wanted.owner()) || !held.meets(wanted.first(), wanted.last())) {
                rest.add(held);
                continue;
            }
            if (held.first() < wanted.first()) {
                rest.add(new Held(held.owner(), held.fid(), held.type(), held.first(), wanted.first() - 1));
            }
            if (held.last() > wanted.last()) {
                rest.add(new Held(held.owner(), held.fid(), held.type(), wanted.last() + 1, held.last()));
            }
        }
        if (!unlock) {
            rest.add(wanted);
        }
        if (count + rest.size() - all.size() > LIMIT) {
            throw ErrnoException.of(Errno.ENOLCK);
        }
        count += rest.size() - all.size();
        if (rest.isEmpty()) {
            locks.remove(file);
        } else {
            locks.put(file, rest);
        }
        return true;
    }

    /** Drops what was locked through a fid that ends. */
    synchronized void drop(FileKey file, Fid fid) {
        List<Held> all = locks.get(file);
        if (all == null) {
            return;
        }
        for (Iterator<Held> i = all.iterator(); i.hasNext(); ) {
            if (i.next().fid() == fid) {
                i.remove();
                count--;
            }
        }
        if (all.isEmpty()) {
            locks.remove(file);
        }
    }
}
