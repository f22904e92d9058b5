/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.linux;

import dev.berth.plugin.share.ninep.internal.volume.AttributeChange;
import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileKey;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import dev.berth.plugin.share.ninep.internal.volume.Node;
import dev.berth.plugin.share.ninep.internal.volume.OpenFile;
import dev.berth.plugin.share.ninep.internal.volume.OpenFolder;
import dev.berth.plugin.share.ninep.internal.volume.Owner;
import dev.berth.plugin.share.ninep.internal.volume.Space;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file by an O_PATH descriptor, which stands for the file itself and gives no access to its content. */
final class LinuxNode extends LinuxHandle implements Node {

    /** Takes the descriptor over, and the reference on the parent. */
    LinuxNode(LinuxVolume volume, @Nullable LinuxNode parent, byte[] name, int fd, int type, FileKey key) {
        super(volume, parent, name, fd, type, key);
    }

    @Override
    public int type() {
        return type;
    }

    @Override
    public long path() {
        return volume.path(key.device(), key.file());
    }

    @Override
    public FileKey key() {
        return key;
    }

    @Override
    public Node lookup(byte[] wanted) throws ErrnoException {
        if (type != FileMode.FOLDER) {
            throw ErrnoException.of(Errno.ENOTDIR);
        }
        boolean here = wanted.length == 1 && wanted[0] == '.';
        if (here || (wanted.length == 2 && wanted[0] == '.' && wanted[1] == '.')) {
            LinuxNode up = here || parent == null ? this : parent;
            up.retain();
            return up;
        }
        Scratch scratch = Scratch.get();
        int folder = pin();
        try {
            return adopt(scratch, wanted, volume.openHandle(scratch, folder, scratch.name(wanted)));
        } finally {
            unpin();
        }
    }

    /** Makes a node of this folder from a handle, which it takes over. */
    LinuxNode adopt(Scratch scratch, byte[] called, int handle) throws ErrnoException {
        try {
            Statx.call(scratch, handle, scratch.empty(), Libc.AT_EMPTY_PATH);
        } catch (ErrnoException e) {
            Libc.close(handle);
            throw e;
        }
        int found = Statx.mode(scratch) & FileMode.TYPE;
        FileKey foundKey = new FileKey(Statx.device(scratch), Statx.file(scratch));
        retain();
        return new LinuxNode(volume, this, called, handle, found, foundKey);
    }

    @Override
    public void attributes(Attributes into) throws ErrnoException {
        Scratch scratch = Scratch.get();
        int self = pin();
        try {
            Statx.call(scratch, self, scratch.empty(), Libc.AT_EMPTY_PATH);
        } finally {
            unpin();
        }
        describe(scratch, into);
    }

    private void describe(Scratch scratch, Attributes into) {
        Statx.copy(scratch, into);
        into.path = volume.path(Statx.device(scratch), Statx.file(scratch));
        if (!volume.ownership().passThrough()) {
            into.uid = volume.ownership().uid();
            into.gid = volume.ownership().gid();
        }
    }

    /** Fills in what has just been made under a name of this folder. */
    void describe(Scratch scratch, int folder, long path, Attributes into) throws ErrnoException {
        Statx.call(scratch, folder, path, Libc.AT_SYMLINK_NOFOLLOW);
        describe(scratch, into);
    }

    @Override
    public void change(AttributeChange change, @Nullable OpenFile open) throws ErrnoException {
        int self = pin();
        try {
            LinuxChanges.apply(volume, self, change, open);
        } finally {
            unpin();
        }
    }

    @Override
    public byte[] target() throws ErrnoException {
        if (type != FileMode.SYMLINK) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        Scratch scratch = Scratch.get();
        int self = pin();
        try {
            int length = (int) Scratch.check(
                    Libc.readlinkat(self, scratch.empty(), scratch.address(Scratch.BULK), Scratch.BULK_SIZE));
            byte[] target = new byte[length];
            scratch.memory.get(Scratch.BULK, target);
            return target;
        } finally {
            unpin();
        }
    }

    @Override
    public OpenFile open(int flags) throws ErrnoException {
        if (type != FileMode.REGULAR) {
            // The client's kernel keeps FIFOs, sockets and devices to itself; opening one here would be the host's.
            throw ErrnoException.of(
                    type == FileMode.FOLDER ? Errno.EISDIR : type == FileMode.SYMLINK ? Errno.ELOOP : Errno.ENXIO);
        }
        return new LinuxFile(volume, reopenFor(LinuxFile.flags(flags)), flags);
    }

    @Override
    public OpenFolder openFolder() throws ErrnoException {
        if (type != FileMode.FOLDER) {
            throw ErrnoException.of(Errno.ENOTDIR);
        }
        return new LinuxFolder(this, parent == null, reopenFor(Libc.O_DIRECTORY | Libc.O_CLOEXEC));
    }

    /** Opens the content of what the handle stands for, and of nothing else: through its magic link. */
    private int reopenFor(int flags) throws ErrnoException {
        Scratch scratch = Scratch.get();
        volume.countOpen();
        int opened = -1;
        int self = pin();
        try {
            opened = Scratch.check(Libc.open(scratch.procPath(self), flags, 0));
            return opened;
        } finally {
            unpin();
            if (opened < 0) {
                volume.uncountOpen();
            }
        }
    }

    @Override
    public Created create(byte[] called, int flags, int mode, Owner owner) throws ErrnoException {
        return LinuxFolderChanges.create(this, called, flags, mode, owner);
    }

    @Override
    public void makeFolder(byte[] called, int mode, Owner owner, Attributes into) throws ErrnoException {
        LinuxFolderChanges.makeFolder(this, called, mode, owner, into);
    }

    @Override
    public void makeSymlink(byte[] called, byte[] target, Owner owner, Attributes into) throws ErrnoException {
        LinuxFolderChanges.makeSymlink(this, called, target, owner, into);
    }

    @Override
    public void makeSpecial(byte[] called, int mode, Owner owner, Attributes into) throws ErrnoException {
        LinuxFolderChanges.makeSpecial(this, called, mode, owner, into);
    }

    @Override
    public void link(Node file, byte[] called) throws ErrnoException {
        LinuxFolderChanges.link(this, LinuxFolderChanges.ofVolume(volume, file), called);
    }

    @Override
    public void unlink(byte[] called, boolean folder) throws ErrnoException {
        LinuxFolderChanges.unlink(this, called, folder);
    }

    @Override
    public void rename(byte[] called, Node newFolder, byte[] newName) throws ErrnoException {
        LinuxFolderChanges.rename(this, called, LinuxFolderChanges.ofVolume(volume, newFolder), newName);
    }

    @Override
    public void removeSelf() throws ErrnoException {
        LinuxNode folder = parentWithThis();
        folder.unlink(name, type == FileMode.FOLDER);
    }

    @Override
    public void renameSelf(Node newFolder, byte[] newName) throws ErrnoException {
        parentWithThis().rename(name, newFolder, newName);
    }

    private LinuxNode parentWithThis() throws ErrnoException {
        LinuxNode folder = parent;
        if (folder == null) {
            throw ErrnoException.of(Errno.EACCES);
        }
        folder.pin();
        try {
            if (!isFoundByName(folder)) {
                throw ErrnoException.of(Errno.ENOENT);
            }
        } finally {
            folder.unpin();
        }
        return folder;
    }

    @Override
    public void sync() throws ErrnoException {
        if (type == FileMode.FOLDER) {
            try (OpenFolder folder = openFolder()) {
                folder.sync();
            }
        } else if (type == FileMode.REGULAR) {
            try (OpenFile file = open(0)) {
                file.sync(false);
            }
        }
    }

    @Override
    public Space space() throws ErrnoException {
        Scratch scratch = Scratch.get();
        int self = pin();
        try {
            return LinuxChanges.space(scratch, self);
        } finally {
            unpin();
        }
    }

    @Override
    public byte[] attribute(byte[] attribute) throws ErrnoException {
        if (!LinuxAttributes.isServed(attribute) || (type != FileMode.REGULAR && type != FileMode.FOLDER)) {
            throw ErrnoException.of(Errno.EOPNOTSUPP);
        }
        int self = pin();
        try {
            return LinuxAttributes.get(self, attribute);
        } finally {
            unpin();
        }
    }

    @Override
    public byte[] attributeNames() throws ErrnoException {
        if (type != FileMode.REGULAR && type != FileMode.FOLDER) {
            return new byte[0];
        }
        int self = pin();
        try {
            return LinuxAttributes.list(self);
        } finally {
            unpin();
        }
    }

    @Override
    public void setAttribute(byte[] attribute, byte[] value, int flags) throws ErrnoException {
        if (!LinuxAttributes.isServed(attribute)) {
            throw ErrnoException.of(Errno.EOPNOTSUPP);
        }
        if (type != FileMode.REGULAR && type != FileMode.FOLDER) {
            throw ErrnoException.of(Errno.EPERM);
        }
        int self = pin();
        try {
            LinuxAttributes.set(self, attribute, value, flags);
        } finally {
            unpin();
        }
    }

    @Override
    public String toString() {
        return "LinuxNode[" + key + ", " + Arrays.toString(name) + "]";
    }
}
