/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import dev.berth.plugin.share.ninep.internal.protocol.Export;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one mount in a guest has going. Answers requests, of which several may be in progress at a time. */
final class FuseSession {

    /** The longest data of one read or write, which the kernel is told. */
    static final int LARGEST_DATA = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(FuseSession.class);
    private static final int MAJOR = 7;
    /** What is answered in the form of. */
    private static final int MINOR = 31;
    /** With the answer to INIT as it is since then: Linux 3.15. */
    private static final int OLDEST_MINOR = 23;

    /** Reads at once, long writes, pages forgotten when the host has changed a file, folders searched at once, requests of a MiB. */
    private static final int FLAGS = 1 | 1 << 5 | 1 << 12 | 1 << 18 | 1 << 22;

    private static final int MOST_PAGES = LARGEST_DATA / 4096;
    private static final int MOST_IN_BACKGROUND = 16;

    private final boolean readOnly;
    private final FuseNodes nodes;
    private final FuseHandles handles = new FuseHandles();
    private final FuseTree tree;
    private final FuseContent content;

    FuseSession(Export export) {
        readOnly = export.readOnly();
        nodes = new FuseNodes(export.volume().root());
        tree = new FuseTree(nodes, handles);
        content = new FuseContent(readOnly, nodes, handles);
    }

    /**
     * Answers a request; nothing is thrown at the caller.
     *
     * @param message a whole message, its size checked
     * @param answer cleared; ready to be sent afterwards, empty where nothing is to be sent
     */
    void answer(ByteBuffer message, ByteBuffer answer) {
        FuseRequest in = new FuseRequest(message);
        FuseReply out = new FuseReply(answer);
        int errno = 0;
        try {
            if (readOnly && FuseOpcode.changes(in.opcode)) {
                throw ErrnoException.of(Errno.EROFS);
            }
            dispatch(in, out);
        } catch (ErrnoException e) {
            errno = e.errno();
        } catch (RuntimeException e) {
            LOG.warn("FUSE request {} failed", in.opcode, e);
            errno = Errno.EIO;
        }
        if (FuseOpcode.isSilent(in.opcode)) {
            answer.position(0).limit(0);
        } else {
            out.finish(in.unique, errno);
        }
    }

    private void dispatch(FuseRequest in, FuseReply out) throws ErrnoException {
        switch (in.opcode) {
            case FuseOpcode.LOOKUP -> tree.lookup(in, out);
            case FuseOpcode.FORGET -> tree.forget(in);
            case FuseOpcode.BATCH_FORGET -> tree.forgetMany(in);
            case FuseOpcode.GETATTR -> content.attributes(in, out);
            case FuseOpcode.SETATTR -> content.change(in, out);
            case FuseOpcode.READLINK -> tree.readLink(in, out);
            case FuseOpcode.SYMLINK -> tree.makeSymlink(in, out);
            case FuseOpcode.MKNOD -> tree.makeSpecial(in, out);
            case FuseOpcode.MKDIR -> tree.makeFolder(in, out);
            case FuseOpcode.UNLINK -> tree.unlink(in, false);
            case FuseOpcode.RMDIR -> tree.unlink(in, true);
            case FuseOpcode.RENAME -> tree.rename(in, false);
            case FuseOpcode.RENAME2 -> tree.rename(in, true);
            case FuseOpcode.LINK -> tree.link(in, out);
            case FuseOpcode.OPEN -> content.open(in, out);
            case FuseOpcode.OPENDIR -> content.openFolder(in, out);
            case FuseOpcode.CREATE -> tree.create(in, out);
            case FuseOpcode.READ -> content.read(in, out);
            case FuseOpcode.WRITE -> content.write(in, out);
            case FuseOpcode.READDIR -> content.list(in, out);
            case FuseOpcode.RELEASE, FuseOpcode.RELEASEDIR -> content.close(in);
            case FuseOpcode.FSYNC, FuseOpcode.FSYNCDIR -> content.sync(in);
            case FuseOpcode.STATFS -> content.space(in, out);
            case FuseOpcode.GETXATTR -> content.attribute(in, out);
            case FuseOpcode.LISTXATTR -> content.attributeNames(in, out);
            case FuseOpcode.SETXATTR -> content.setAttribute(in);
            case FuseOpcode.REMOVEXATTR -> content.removeAttribute(in);
            case FuseOpcode.INIT -> begin(in, out);
            case FuseOpcode.FLUSH, FuseOpcode.INTERRUPT, FuseOpcode.DESTROY -> {
                // Nothing is kept back, nothing waits for long, and the connection's end cleans up.
            }
            default -> throw ErrnoException.of(Errno.ENOSYS);
        }
    }

    /** {@code struct fuse_init_in} and {@code struct fuse_init_out}. */
    private void begin(FuseRequest in, FuseReply out) throws ErrnoException {
        int major = in.u32();
        int minor = in.u32();
        int readAhead = in.u32();
        int offered = in.u32();
        if (major != MAJOR || minor < OLDEST_MINOR) {
            LOG.warn("The guest's kernel speaks FUSE {}.{}; 7.{} is needed", major, minor, OLDEST_MINOR);
            throw ErrnoException.of(Errno.EPROTO);
        }
        ByteBuffer to = out.out;
        to.putInt(MAJOR).putInt(Math.min(minor, MINOR));
        to.putInt(Math.max(0, Math.min(readAhead, LARGEST_DATA))).putInt(offered & FLAGS);
        to.putShort((short) MOST_IN_BACKGROUND).putShort((short) (MOST_IN_BACKGROUND * 3 / 4));
        to.putInt(LARGEST_DATA).putInt(1).putShort((short) MOST_PAGES).putShort((short) 0);
        to.putInt(0);
        for (int i = 0; i < 7; i++) {
            to.putInt(0);
        }
    }

    /** Gives up what the guest has open and knows; no request may be in progress. */
    void end() {
        handles.clear();
        nodes.clear();
    }
}
