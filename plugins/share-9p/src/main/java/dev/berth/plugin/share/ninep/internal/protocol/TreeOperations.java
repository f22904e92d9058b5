/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import dev.berth.plugin.share.ninep.internal.volume.Node;
import dev.berth.plugin.share.ninep.internal.volume.Owner;

/** The messages about names: finding, making, linking, renaming and removing them. */
final class TreeOperations {

    /** MAXWELEM of the protocol. */
    private static final int MOST_NAMES = 16;

    private static final int REMOVE_FOLDER = 0x200;

    private final FidTable fids;

    TreeOperations(FidTable fids) {
        this.fids = fids;
    }

    void walk(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        int newNumber = in.u32();
        int names = in.u16();
        if (names > MOST_NAMES) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        byte[][] path = new byte[names][];
        for (int i = 0; i < names; i++) {
            path[i] = in.string();
        }
        in.end();
        Fid fid = fids.acquire(number);
        try {
            walk(fid, number, newNumber, path, out);
        } finally {
            fids.release(fid);
        }
    }

    private void walk(Fid fid, int number, int newNumber, byte[][] path, ReplyWriter out) throws ErrnoException {
        int counted = out.position();
        out.u16(0);
        Node at = fid.node;
        at.retain();
        int found = 0;
        try {
            while (found < path.length) {
                Node next = at.lookup(path[found]);
                at.release();
                at = next;
                out.qid(Attributes.qidType(at.type()), at.path());
                found++;
            }
        } catch (ErrnoException e) {
            if (found == 0) {
                at.release();
                throw e;
            }
        }
        out.u16At(counted, found);
        if (found < path.length) {
            // Part of the way: the client learns how far from the count, and no fid is made.
            at.release();
            return;
        }
        Fid walked = new Fid(at, fid.uid);
        if (newNumber == number) {
            fids.replace(number, fid, walked);
        } else {
            fids.add(newNumber, walked);
        }
    }

    void readLink(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        in.end();
        Fid fid = fids.acquire(number);
        try {
            out.string(fid.node.target());
        } finally {
            fids.release(fid);
        }
    }

    void makeFolder(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        byte[] name = in.string();
        int mode = in.u32();
        int gid = in.u32();
        in.end();
        Attributes made = Session.scratchAttributes();
        Fid fid = fids.acquire(number);
        try {
            fid.node.makeFolder(name, mode, new Owner(fid.uid, gid), made);
        } finally {
            fids.release(fid);
        }
        out.qid(made);
    }

    void makeSymlink(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        byte[] name = in.string();
        byte[] target = in.string();
        int gid = in.u32();
        in.end();
        Attributes made = Session.scratchAttributes();
        Fid fid = fids.acquire(number);
        try {
            fid.node.makeSymlink(name, target, new Owner(fid.uid, gid), made);
        } finally {
            fids.release(fid);
        }
        out.qid(made);
    }

    /** Devices are refused. FIFOs and sockets are only names here: the client's kernel does the rest by itself. */
    void makeSpecial(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        byte[] name = in.string();
        int mode = in.u32();
        in.u32(); // major
        in.u32(); // minor
        int gid = in.u32();
        in.end();
        int type = mode & FileMode.TYPE;
        if (type == FileMode.BLOCK || type == FileMode.CHARACTER) {
            throw ErrnoException.of(Errno.EPERM);
        }
        Attributes made = Session.scratchAttributes();
        Fid fid = fids.acquire(number);
        try {
            fid.node.makeSpecial(name, mode, new Owner(fid.uid, gid), made);
        } finally {
            fids.release(fid);
        }
        out.qid(made);
    }

    void link(MessageReader in) throws ErrnoException {
        int folderNumber = in.u32();
        int fileNumber = in.u32();
        byte[] name = in.string();
        in.end();
        withTwo(folderNumber, fileNumber, (folder, file) -> folder.node.link(file.node, name));
    }

    void unlink(MessageReader in) throws ErrnoException {
        int number = in.u32();
        byte[] name = in.string();
        int flags = in.u32();
        in.end();
        if ((flags & ~REMOVE_FOLDER) != 0) {
            throw ErrnoException.of(Errno.EINVAL);
        }
        Fid fid = fids.acquire(number);
        try {
            fid.node.unlink(name, flags != 0);
        } finally {
            fids.release(fid);
        }
    }

    void rename(MessageReader in) throws ErrnoException {
        int oldNumber = in.u32();
        byte[] oldName = in.string();
        int newNumber = in.u32();
        byte[] newName = in.string();
        in.end();
        withTwo(oldNumber, newNumber, (from, to) -> from.node.rename(oldName, to.node, newName));
    }

    void renameFid(MessageReader in) throws ErrnoException {
        int number = in.u32();
        int folderNumber = in.u32();
        byte[] name = in.string();
        in.end();
        withTwo(number, folderNumber, (fid, folder) -> fid.node.renameSelf(folder.node, name));
    }

    /** Gives the fid up even where the removal fails. */
    void removeFid(MessageReader in) throws ErrnoException {
        int number = in.u32();
        in.end();
        Fid fid = fids.remove(number);
        try {
            fid.node.removeSelf();
        } finally {
            fids.release(fid);
        }
    }

    private interface WithTwo {
        void run(Fid one, Fid other) throws ErrnoException;
    }

    private void withTwo(int oneNumber, int otherNumber, WithTwo action) throws ErrnoException {
        Fid one = fids.acquire(oneNumber);
        try {
            Fid other = fids.acquire(otherNumber);
            try {
                action.run(one, other);
            } finally {
                fids.release(other);
            }
        } finally {
            fids.release(one);
        }
    }
}
