/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The fids of one connection: a hash table with linear probing, so that finding one allocates nothing. */
final class FidTable {

    private static final int LIMIT = 1 << 18;
    private static final int NOFID = -1;

    private final Consumer<Fid> ending;
    private int[] numbers = new int[64];
    private @Nullable Fid[] fids = new @Nullable Fid[64];
    private int size;

    /** @param ending is told of each fid just before it ends, without a lock held */
    FidTable(Consumer<Fid> ending) {
        this.ending = ending;
    }

    private int slot(int number) {
        int mask = fids.length - 1;
        int at = (number * 0x9e3779b9) >>> 7 & mask;
        while (fids[at] != null && numbers[at] != number) {
            at = (at + 1) & mask;
        }
        return at;
    }

    /** Finds a fid and keeps it until {@link #release}. */
    synchronized Fid acquire(int number) throws ErrnoException {
        Fid fid = fids[slot(number)];
        if (fid == null) {
            throw ErrnoException.of(Errno.EBADF);
        }
        fid.references++;
        return fid;
    }

    void release(Fid fid) {
        synchronized (this) {
            fid.references--;
            if (fid.references > 0) {
                return;
            }
        }
        ending.accept(fid);
        fid.dispose();
    }

    /** Adds a fid under a number that is free; disposes of it where that fails. */
    void add(int number, Fid fid) throws ErrnoException {
        int errno;
        synchronized (this) {
            int at = slot(number);
            if (fids[at] == null && size < LIMIT && number != NOFID) {
                numbers[at] = number;
                fids[at] = fid;
                size++;
                if (size * 2 > fids.length) {
                    grow();
                }
                return;
            }
            errno = size >= LIMIT ? Errno.EMFILE : Errno.EBADF;
        }
        fid.dispose();
        throw ErrnoException.of(errno);
    }

    /** Puts a fid in the place of another, which the caller has acquired and still has to release. */
    void replace(int number, Fid old, Fid fid) throws ErrnoException {
        synchronized (this) {
            int at = slot(number);
            if (fids[at] == old) {
                fids[at] = fid;
                old.references--;
                return;
            }
        }
        fid.dispose();
        throw ErrnoException.of(Errno.EBADF);
    }

    /** Gives a number up; the caller must release what is returned. */
    synchronized Fid remove(int number) throws ErrnoException {
        int at = slot(number);
        Fid fid = fids[at];
        if (fid == null) {
            throw ErrnoException.of(Errno.EBADF);
        }
        removeAt(at);
        return fid;
    }

    private void removeAt(int removed) {
        int mask = fids.length - 1;
        int hole = removed;
        fids[hole] = null;
        size--;
        // What probed past the hole moves up, so that it is still found.
        for (int at = (hole + 1) & mask; fids[at] != null; at = (at + 1) & mask) {
            Fid moving = fids[at];
            int number = numbers[at];
            fids[at] = null;
            int better = slot(number);
            numbers[better] = number;
            fids[better] = moving;
        }
    }

    private void grow() {
        int[] oldNumbers = numbers;
        @Nullable Fid[] oldFids = fids;
        numbers = new int[oldNumbers.length * 2];
        fids = new @Nullable Fid[oldFids.length * 2];
        for (int i = 0; i < oldFids.length; i++) {
            if (oldFids[i] != null) {
                int at = slot(oldNumbers[i]);
                numbers[at] = oldNumbers[i];
                fids[at] = oldFids[i];
            }
        }
    }

    /** Gives all numbers up. */
    void clear() {
        List<Fid> all = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < fids.length; i++) {
                Fid fid = fids[i];
                if (fid != null) {
                    all.add(fid);
                    fids[i] = null;
                }
            }
            size = 0;
        }
        all.forEach(this::release);
    }

    synchronized int size() {
        return size;
    }
}
