/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import dev.berth.plugin.share.ninep.internal.volume.Node;
import dev.berth.plugin.share.ninep.internal.volume.Owner;

/** The requests about names: finding, making, linking, renaming and removing them. */
final class FuseTree {

    private static final int SET_GROUP = 02000;

    private final FuseNodes nodes;
    private final FuseHandles handles;

    FuseTree(FuseNodes nodes, FuseHandles handles) {
        this.nodes = nodes;
        this.handles = handles;
    }

    void lookup(FuseRequest in, FuseReply out) throws ErrnoException {
        byte[] name = in.name();
        nodes.use(in.node, folder -> tell(folder.lookup(name), out));
    }

    /** Takes a node over and tells the kernel of it. */
    private void tell(Node found, FuseReply out) throws ErrnoException {
        Attributes a = new Attributes();
        try {
            found.attributes(a);
        } catch (ErrnoException e) {
            found.release();
            throw e;
        }
        out.entry(nodes.tell(found), a);
    }

    void forget(FuseRequest in) throws ErrnoException {
        nodes.forget(in.node, in.u64());
    }

    void forgetMany(FuseRequest in) throws ErrnoException {
        long count = Integer.toUnsignedLong(in.u32());
        in.u32();
        for (long i = 0; i < count; i++) {
            nodes.forget(in.u64(), in.u64());
        }
    }

    /** Makes something under a name of a folder. */
    private interface Maker {
        void make(Node folder, Owner owner, boolean inherits, Attributes into) throws ErrnoException;
    }

    private void make(FuseRequest in, byte[] name, FuseReply out, Maker maker) throws ErrnoException {
        nodes.use(in.node, folder -> {
            Attributes a = new Attributes();
            Owner owner = owner(in, folder, a);
            maker.make(folder, owner, (a.mode & SET_GROUP) != 0, a);
            tell(folder.lookup(name), out);
        });
    }

    /** In a folder with the set-group-ID bit all belongs to the folder's group (XSH, open). Fills in the folder's attributes. */
    private static Owner owner(FuseRequest in, Node folder, Attributes a) throws ErrnoException {
        folder.attributes(a);
        return new Owner(in.uid, (a.mode & SET_GROUP) != 0 ? a.gid : in.gid);
    }

    void makeFolder(FuseRequest in, FuseReply out) throws ErrnoException {
        int mode = in.u32();
        in.u32(); // The kernel has applied the umask.
        byte[] name = in.name();
        make(
                in,
                name,
                out,
                (folder, owner, inherits, into) ->
                        folder.makeFolder(name, inherits ? mode | SET_GROUP : mode, owner, into));
    }

    void makeSymlink(FuseRequest in, FuseReply out) throws ErrnoException {
        byte[] name = in.name();
        byte[] target = in.name();
        make(in, name, out, (folder, owner, inherits, into) -> folder.makeSymlink(name, target, owner, into));
    }

    /** Devices are refused. FIFOs and sockets are only names here: the guest's kernel does the rest by itself. */
    void makeSpecial(FuseRequest in, FuseReply out) throws ErrnoException {
        int mode = in.u32();
        in.skip(12); // Device, umask, padding.
        byte[] name = in.name();
        int type = mode & FileMode.TYPE;
        if (type == FileMode.BLOCK || type == FileMode.CHARACTER) {
            throw ErrnoException.of(Errno.EPERM);
        }
        make(in, name, out, (folder, owner, inherits, into) -> folder.makeSpecial(name, mode, owner, into));
    }

    void create(FuseRequest in, FuseReply out) throws ErrnoException {
        int flags = in.u32();
        int mode = in.u32();
        in.skip(8); // umask, open flags
        byte[] name = in.name();
        nodes.use(in.node, folder -> {
            Attributes a = new Attributes();
            Node.Created created = folder.create(name, flags, mode, owner(in, folder, a));
            try {
                tell(created.node(), out);
            } catch (ErrnoException e) {
                created.file().close();
                throw e;
            }
            out.opened(handles.add(created.file()));
        });
    }

    void link(FuseRequest in, FuseReply out) throws ErrnoException {
        long file = in.u64();
        byte[] name = in.name();
        nodes.use(in.node, folder -> {
            nodes.use(file, existing -> folder.link(existing, name));
            tell(folder.lookup(name), out);
        });
    }

    void unlink(FuseRequest in, boolean folder) throws ErrnoException {
        byte[] name = in.name();
        nodes.use(in.node, parent -> parent.unlink(name, folder));
    }

    void rename(FuseRequest in, boolean hasFlags) throws ErrnoException {
        long target = in.u64();
        if (hasFlags) {
            int flags = in.u32();
            in.u32();
            if (flags != 0) {
                // The kernel tells its caller that this file system cannot exchange, nor refuse to replace, in one
                // step.
                throw ErrnoException.of(Errno.EINVAL);
            }
        }
        byte[] name = in.name();
        byte[] newName = in.name();
        nodes.use(
                in.node,
                folder -> nodes.use(target, newFolder -> {
                    folder.rename(name, newFolder, newName);
                    // The kernel keeps the number; here it must be found by its new name.
                    try {
                        nodes.renamed(newFolder.lookup(newName));
                    } catch (ErrnoException e) {
                        // Somebody was quicker; the kernel finds out by itself.
                        return;
                    }
                }));
    }

    void readLink(FuseRequest in, FuseReply out) throws ErrnoException {
        nodes.use(in.node, link -> out.bytes(link.target()));
    }
}
