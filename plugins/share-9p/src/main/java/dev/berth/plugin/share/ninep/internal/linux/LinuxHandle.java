/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileKey;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import org.jspecify.annotations.Nullable;

/**
 * The life of an O_PATH descriptor. It is counted; while it is pinned it stays open, and otherwise {@link HandleBudget}
 * may close it, to be found again by parent and name when it is needed.
 */
abstract class LinuxHandle {

    final LinuxVolume volume;
    /** Where it was found; null for the root alone. Retained. */
    final @Nullable LinuxNode parent;

    final byte[] name;
    final int type;
    final FileKey key;

    /** -1 while evicted and after the last release. Guarded by this, as the next two. */
    private int fd;

    private int references = 1;
    private int pins;

    /** Of the list in {@link HandleBudget}, guarded by it. */
    @Nullable
    LinuxHandle older;

    @Nullable
    LinuxHandle newer;

    /** Takes the descriptor over, and the reference on the parent. */
    LinuxHandle(LinuxVolume volume, @Nullable LinuxNode parent, byte[] name, int fd, int type, FileKey key) {
        this.volume = volume;
        this.parent = parent;
        this.name = name;
        this.fd = fd;
        this.type = type;
        this.key = key;
        if (parent != null) {
            volume.budget().opened(this);
        }
    }

    /** One user more; see {@link #release}. */
    public synchronized void retain() {
        if (references == 0) {
            throw new IllegalStateException("retained after the last release");
        }
        references++;
    }

    /** One user less; the last one lets it and what it was found in go. */
    public void release() {
        // A loop, since a chain of parents may be longer than a stack is deep.
        for (LinuxHandle node = this; node != null; node = node.releaseOne()) {
            continue;
        }
    }

    private @Nullable LinuxHandle releaseOne() {
        int closing;
        synchronized (this) {
            references--;
            if (references > 0 || pins > 0) {
                return null;
            }
            closing = fd;
            fd = -1;
        }
        if (parent != null) {
            if (closing >= 0) {
                volume.budget().closed(this);
            } else {
                volume.budget().unevicted(parent.key, name, this);
            }
        }
        if (closing >= 0) {
            Libc.close(closing);
        }
        return parent;
    }

    /** The descriptor, which stays open until {@link #unpin}. */
    int pin() throws ErrnoException {
        int pinned = pinIfOpen();
        if (pinned >= 0) {
            return pinned;
        }
        // No lock is held here: finding it again may open parents, which may evict others.
        int found = reopen();
        synchronized (this) {
            if (fd < 0 && references > 0) {
                fd = found;
                found = -1;
            }
            pinned = pinIfOpen();
        }
        if (found >= 0) {
            Libc.close(found);
        } else if (parent != null) {
            volume.budget().unevicted(parent.key, name, this);
            volume.budget().opened(this);
        }
        return pinned;
    }

    /** As {@link #pin}, but -1 where the handle would have to be opened again. */
    synchronized int pinIfOpen() throws ErrnoException {
        if (references == 0) {
            throw ErrnoException.of(Errno.EBADF);
        }
        if (fd >= 0) {
            pins++;
        }
        return fd;
    }

    void unpin() {
        boolean last;
        synchronized (this) {
            pins--;
            last = references == 0 && pins == 0;
            if (last) {
                references = 1;
            }
        }
        if (last) {
            release();
        }
    }

    private int reopen() throws ErrnoException {
        LinuxNode folder = parent;
        if (folder == null) {
            throw ErrnoException.of(Errno.EBADF);
        }
        int folderFd = folder.pin();
        try {
            Scratch scratch = Scratch.get();
            int found = volume.openHandle(scratch, folderFd, scratch.name(name));
            try {
                Statx.call(scratch, found, scratch.empty(), Libc.AT_EMPTY_PATH);
                if (!isThis(scratch)) {
                    throw ErrnoException.of(Errno.ESTALE);
                }
            } catch (ErrnoException e) {
                Libc.close(found);
                throw e;
            }
            return found;
        } finally {
            folder.unpin();
        }
    }

    /** Closes the handle if nobody uses it and if it can be found again. */
    void evict() {
        LinuxNode folder = parent;
        if (folder == null) {
            return;
        }
        int closing;
        synchronized (this) {
            if (pins > 0 || references == 0 || fd < 0 || !isFoundByName(folder)) {
                return;
            }
            closing = fd;
            fd = -1;
            volume.budget().closed(this);
            volume.budget().evicted(folder.key, name, this);
        }
        Libc.close(closing);
    }

    boolean isFoundByName(LinuxNode folder) {
        try {
            int folderFd = folder.pinIfOpen();
            if (folderFd < 0) {
                return false;
            }
            try {
                Scratch scratch = Scratch.get();
                Statx.call(scratch, folderFd, scratch.name(name), Libc.AT_SYMLINK_NOFOLLOW);
                return isThis(scratch);
            } finally {
                folder.unpin();
            }
        } catch (ErrnoException e) {
            return false;
        }
    }

    private boolean isThis(Scratch scratch) {
        return Statx.file(scratch) == key.file()
                && Statx.device(scratch) == key.device()
                && (Statx.mode(scratch) & FileMode.TYPE) == type;
    }

    LinuxVolume volume() {
        return volume;
    }
}
