/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

import org.jspecify.annotations.Nullable;

/**
 * A file, folder or link of a volume: a handle on the thing itself, not on a name, so it stays good when the thing or
 * one of its parents is renamed, and mostly when it is removed.
 *
 * <p>Names are single components in the bytes of the wire. An implementation refuses empty ones and those with a slash
 * or a zero byte; {@code .} and {@code ..} are never names of files.
 */
public interface Node {

    /** Keeps the handle for one more {@link #release}. */
    void retain();

    /** Gives it back. */
    void release();

    /** The type bits of its mode, which never change. */
    int type();

    /** The identity of the file in its volume. */
    long path();

    /** The identity of the file on the host. */
    FileKey key();

    /** What is called so in this folder, without following a link; {@code .} is
     * the folder itself and {@code ..} its parent, at most the root. */
    Node lookup(byte[] name) throws ErrnoException;

    /** Fills in what is known about it. */
    void attributes(Attributes into) throws ErrnoException;

    /**
     * Changes what the change says.
     *
     * @param open the file as opened by the same client; for truncation of a file that may no longer be opened
     */
    void change(AttributeChange change, @Nullable OpenFile open) throws ErrnoException;

    /** Where a symbolic link points. */
    byte[] target() throws ErrnoException;

    /** Opens a regular file; of the flags those count that change what reads and writes do. */
    OpenFile open(int flags) throws ErrnoException;

    /** Opens a folder for listing. */
    OpenFolder openFolder() throws ErrnoException;

    /** Makes a regular file and opens it; opens the one that is there unless the flags are exclusive. */
    Created create(byte[] name, int flags, int mode, Owner owner) throws ErrnoException;

    /** Makes a folder and fills in what became of it, as the next two do. */
    void makeFolder(byte[] name, int mode, Owner owner, Attributes into) throws ErrnoException;

    void makeSymlink(byte[] name, byte[] target, Owner owner, Attributes into) throws ErrnoException;

    /** Makes an empty file, a FIFO or a socket, by the type bits of the mode. */
    void makeSpecial(byte[] name, int mode, Owner owner, Attributes into) throws ErrnoException;

    /** Gives another file a further name in this folder. */
    void link(Node file, byte[] name) throws ErrnoException;

    /** Removes a name from this folder. */
    void unlink(byte[] name, boolean folder) throws ErrnoException;

    /** Renames within the volume, replacing as rename(2) does. */
    void rename(byte[] name, Node newFolder, byte[] newName) throws ErrnoException;

    /** Removes this node by the name it was found under, if that is still its name. */
    void removeSelf() throws ErrnoException;

    /** Renames this node, found as in {@link #removeSelf}. */
    void renameSelf(Node newFolder, byte[] newName) throws ErrnoException;

    /** Writes to the disk what is kept back, for nodes that are not open. */
    void sync() throws ErrnoException;

    /** Sizes of the file system. */
    Space space() throws ErrnoException;

    /** An extended attribute. */
    byte[] attribute(byte[] name) throws ErrnoException;

    /** The names of all, each followed by a zero byte. */
    byte[] attributeNames() throws ErrnoException;

    /** Sets one; an empty value with XATTR_REPLACE removes it, as 9P has no message for that. */
    void setAttribute(byte[] name, byte[] value, int flags) throws ErrnoException;

    /** A new file and its open handle, both retained for the caller. */
    record Created(Node node, OpenFile file) {}
}
