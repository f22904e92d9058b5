/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.OpenFile;
import dev.berth.plugin.share.ninep.internal.volume.OpenFolder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the guest has open, by number. Nothing is closed while a request uses it, whatever the guest says. */
final class FuseHandles {

    private final Map<Long, Handle> open = new HashMap<>();
    private long last;

    /** An open file or an open folder. */
    static final class Handle {
        final @Nullable OpenFile file;
        final @Nullable OpenFolder folder;
        /** One for being in the table, one for each request that uses it. */
        private int users = 1;

        private Handle(@Nullable OpenFile file, @Nullable OpenFolder folder) {
            this.file = file;
            this.folder = folder;
        }

        OpenFile file() throws ErrnoException {
            if (file == null) {
                throw ErrnoException.of(Errno.EBADF);
            }
            return file;
        }

        OpenFolder folder() throws ErrnoException {
            if (folder == null) {
                throw ErrnoException.of(Errno.EBADF);
            }
            return folder;
        }

        private void close() {
            if (file != null) {
                file.close();
            }
            if (folder != null) {
                folder.close();
            }
        }
    }

    long add(OpenFile file) {
        return add(new Handle(file, null));
    }

    long add(OpenFolder folder) {
        return add(new Handle(null, folder));
    }

    private synchronized long add(Handle handle) {
        open.put(++last, handle);
        return last;
    }

    /** To be given back with {@link #release}. */
    synchronized Handle acquire(long number) throws ErrnoException {
        Handle handle = open.get(number);
        if (handle == null) {
            throw ErrnoException.of(Errno.EBADF);
        }
        handle.users++;
        return handle;
    }

    void release(Handle handle) {
        boolean over;
        synchronized (this) {
            over = --handle.users == 0;
        }
        if (over) {
            handle.close();
        }
    }

    /** The guest has closed it; does nothing for one that is not open. */
    void close(long number) {
        Handle handle;
        synchronized (this) {
            handle = open.remove(number);
        }
        if (handle != null) {
            release(handle);
        }
    }

    /** Closes all; no request may be in progress. */
    void clear() {
        List<Handle> all;
        synchronized (this) {
            all = new ArrayList<>(open.values());
            open.clear();
        }
        all.forEach(this::release);
    }
}
