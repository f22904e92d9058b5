/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import dev.berth.plugin.share.ninep.internal.volume.Node;
import dev.berth.plugin.share.ninep.internal.volume.Owner;

/** What makes and removes names. Each works on one component below a pinned folder and follows no link. */
final class LinuxFolderChanges {

    private LinuxFolderChanges() {}

    /** A node of the same volume, or EXDEV. */
    static LinuxNode ofVolume(LinuxVolume volume, Node node) throws ErrnoException {
        if (node instanceof LinuxNode linux && linux.volume() == volume) {
            return linux;
        }
        throw ErrnoException.of(Errno.EXDEV);
    }

    static Node.Created create(LinuxNode folder, byte[] name, int flags, int mode, Owner owner) throws ErrnoException {
        LinuxVolume volume = folder.volume();
        Scratch scratch = Scratch.get();
        int hostFlags = LinuxFile.flags(flags) | Libc.O_NOFOLLOW;
        int fd = -1;
        boolean counted = false;
        int parent = folder.pin();
        try {
            volume.countOpen();
            counted = true;
            long path = scratch.name(name);
            fd = Libc.openat(parent, path, hostFlags | Libc.O_CREAT | Libc.O_EXCL, mode & 07777);
            boolean made = fd >= 0;
            if (!made) {
                ErrnoException failure = Scratch.lastError();
                if (failure.errno() != Errno.EEXIST || (flags & FileMode.EXCLUSIVE) != 0) {
                    throw failure;
                }
                fd = openExisting(volume, scratch, parent, path, LinuxFile.flags(flags));
            } else {
                own(scratch, volume, fd, mode, owner);
            }
            int handle = Scratch.check(Libc.open(scratch.procPath(fd), Libc.O_PATH | Libc.O_CLOEXEC, 0));
            LinuxNode node = folder.adopt(scratch, name, handle);
            LinuxFile file = new LinuxFile(volume, fd, flags);
            fd = -1;
            counted = false;
            return new Node.Created(node, file);
        } finally {
            folder.unpin();
            if (fd >= 0) {
                Libc.close(fd);
            }
            if (counted) {
                volume.uncountOpen();
            }
        }
    }

    /** Opens what is there already only if it is a regular file, decided on a handle and not on the name. */
    private static int openExisting(LinuxVolume volume, Scratch scratch, int parent, long path, int flags)
            throws ErrnoException {
        int handle = volume.openHandle(scratch, parent, path);
        try {
            Statx.call(scratch, handle, scratch.empty(), Libc.AT_EMPTY_PATH);
            int type = Statx.mode(scratch) & FileMode.TYPE;
            if (type != FileMode.REGULAR) {
                throw ErrnoException.of(
                        type == FileMode.FOLDER ? Errno.EISDIR : type == FileMode.SYMLINK ? Errno.ELOOP : Errno.ENXIO);
            }
            return Scratch.check(Libc.open(scratch.procPath(handle), flags, 0));
        } finally {
            Libc.close(handle);
        }
    }

    private static void own(Scratch scratch, LinuxVolume volume, int fd, int mode, Owner owner) throws ErrnoException {
        boolean given = givesTo(volume, owner);
        if (given) {
            Scratch.check(Libc.fchown(fd, owner.uid(), owner.gid()));
        }
        if ((given && (mode & 06000) != 0) || !scratch.modesAreExact()) {
            Scratch.check(Libc.fchmod(fd, mode & 07777));
        }
    }

    private static boolean givesTo(LinuxVolume volume, Owner owner) {
        return volume.givesAway() && (owner.uid() > 0 || owner.gid() > 0);
    }

    /** As {@link #own} for what is not open. The name may have been replaced since; then something of the share is. */
    private static void ownByName(Scratch scratch, LinuxVolume volume, int parent, long path, int mode, Owner owner)
            throws ErrnoException {
        boolean given = givesTo(volume, owner);
        boolean link = (mode & FileMode.TYPE) == FileMode.SYMLINK;
        if (given) {
            Scratch.check(Libc.fchownat(parent, path, owner.uid(), owner.gid(), Libc.AT_SYMLINK_NOFOLLOW));
        }
        if (!link && ((given && (mode & 06000) != 0) || !scratch.modesAreExact())) {
            int handle = volume.openHandle(scratch, parent, path);
            try {
                Statx.call(scratch, handle, scratch.empty(), Libc.AT_EMPTY_PATH);
                if ((Statx.mode(scratch) & FileMode.TYPE) == (mode & FileMode.TYPE)) {
                    int inherited = Statx.mode(scratch) & 02000;
                    Scratch.check(Libc.chmod(scratch.procPath(handle), (mode & 07777) | inherited));
                }
            } finally {
                Libc.close(handle);
            }
        }
    }

    static void makeFolder(LinuxNode folder, byte[] name, int mode, Owner owner, Attributes into)
            throws ErrnoException {
        Scratch scratch = Scratch.get();
        int parent = folder.pin();
        try {
            // Named after the pin, which may use the scratch memory itself.
            long path = scratch.name(name);
            Scratch.check(Libc.mkdirat(parent, path, mode & 07777));
            ownByName(scratch, folder.volume(), parent, path, (mode & 01777) | FileMode.FOLDER, owner);
            folder.describe(scratch, parent, path, into);
        } finally {
            folder.unpin();
        }
    }

    static void makeSymlink(LinuxNode folder, byte[] name, byte[] target, Owner owner, Attributes into)
            throws ErrnoException {
        Scratch scratch = Scratch.get();
        int parent = folder.pin();
        try {
            // Named after the pin, which may use the scratch memory itself.
            long path = scratch.name(name);
            Scratch.check(Libc.symlinkat(scratch.link(target), parent, path));
            ownByName(scratch, folder.volume(), parent, path, FileMode.SYMLINK, owner);
            folder.describe(scratch, parent, path, into);
        } finally {
            folder.unpin();
        }
    }

    static void makeSpecial(LinuxNode folder, byte[] name, int mode, Owner owner, Attributes into)
            throws ErrnoException {
        int type = mode & FileMode.TYPE;
        if (type != FileMode.REGULAR && type != FileMode.FIFO && type != FileMode.SOCKET) {
            // A device node in a host folder would be a way to the host's devices.
            throw ErrnoException.of(Errno.EPERM);
        }
        Scratch scratch = Scratch.get();
        int parent = folder.pin();
        try {
            // Named after the pin, which may use the scratch memory itself.
            long path = scratch.name(name);
            Scratch.check(Libc.mknodat(parent, path, type | (mode & 07777), 0));
            ownByName(scratch, folder.volume(), parent, path, mode, owner);
            folder.describe(scratch, parent, path, into);
        } finally {
            folder.unpin();
        }
    }

    static void link(LinuxNode folder, LinuxNode file, byte[] name) throws ErrnoException {
        Scratch scratch = Scratch.get();
        int parent = folder.pin();
        try {
            int self = file.pin();
            try {
                long path = scratch.name(name);
                Scratch.check(Libc.linkat(Libc.AT_FDCWD, scratch.procPath(self), parent, path, Libc.AT_SYMLINK_FOLLOW));
            } finally {
                file.unpin();
            }
        } finally {
            folder.unpin();
        }
    }

    static void unlink(LinuxNode folder, byte[] name, boolean isFolder) throws ErrnoException {
        Scratch scratch = Scratch.get();
        HandleBudget budget = folder.volume().budget();
        budget.changingNames().lock();
        try {
            budget.nameEnds(folder.key(), name);
            int parent = folder.pin();
            try {
                // Named after the pin, which may use the scratch memory itself.
                Scratch.check(Libc.unlinkat(parent, scratch.name(name), isFolder ? Libc.AT_REMOVEDIR : 0));
            } finally {
                folder.unpin();
            }
        } finally {
            budget.changingNames().unlock();
        }
    }

    static void rename(LinuxNode folder, byte[] name, LinuxNode newFolder, byte[] newName) throws ErrnoException {
        HandleBudget budget = folder.volume().budget();
        budget.changingNames().lock();
        try {
            budget.nameEnds(folder.key(), name);
            budget.nameEnds(newFolder.key(), newName);
            int from = folder.pin();
            try {
                int to = newFolder.pin();
                try {
                    Scratch scratch = Scratch.get();
                    Scratch.check(Libc.renameat(from, scratch.name(name), to, scratch.secondName(newName)));
                } finally {
                    newFolder.unpin();
                }
            } finally {
                folder.unpin();
            }
        } finally {
            budget.changingNames().unlock();
        }
    }
}
