/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import static dev.berth.plugin.share.ninep.internal.protocol.MessageType.*;

import dev.berth.plugin.share.ninep.internal.volume.Attributes;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import dev.berth.plugin.share.ninep.internal.volume.FileMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one client has going: its fids and locks. Answers requests, of which several may be in progress at a time.
 * Tversion and Tflush are about the connection and are not answered here.
 */
public final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    /** After so many wrong secrets nothing more is tried on a connection. */
    private static final int ATTEMPTS = 3;

    private static final ThreadLocal<Attributes> ATTRIBUTES = ThreadLocal.withInitial(Attributes::new);

    private final Export export;
    private final FidTable fids;
    private final FileOperations files;
    private final TreeOperations tree;
    private final AttributeOperations attributes;
    private final LockOperations locks;
    private int refused;

    public Session(Export export) {
        this.export = export;
        this.fids = new FidTable(this::ending);
        this.files = new FileOperations(export, fids);
        this.tree = new TreeOperations(fids);
        this.attributes = new AttributeOperations(fids);
        this.locks = new LockOperations(export.locks(), fids, this);
    }

    private void ending(Fid fid) {
        if (fid.holdsLocks) {
            export.locks().drop(fid.node.key(), fid);
        }
    }

    /** Gives up all fids; no request may be in progress. */
    public void reset() {
        fids.clear();
    }

    /** How many fids the client has. */
    public int fidCount() {
        return fids.size();
    }

    /** Attributes to be filled in by this thread, good until the thread needs them again. */
    static Attributes scratchAttributes() {
        return ATTRIBUTES.get();
    }

    /** Answers a request. The reply was begun and is complete when this returns; nothing is thrown at the caller. */
    public void answer(int type, MessageReader in, ReplyWriter out) {
        try {
            if (export.readOnly() && MessageType.changes(type)) {
                throw ErrnoException.of(refusal(type, in));
            }
            dispatch(type, in, out);
        } catch (ErrnoException e) {
            out.fail(e.errno());
        } catch (RuntimeException e) {
            LOG.warn("9P request {} failed", type, e);
            out.fail(Errno.EIO);
        }
        out.finish();
    }

    /** EROFS, but a removal by fid gives the fid up all the same. */
    private int refusal(int type, MessageReader in) throws ErrnoException {
        if (type == TREMOVE) {
            fids.release(fids.remove(in.u32()));
        }
        return Errno.EROFS;
    }

    /**
     * Answers a read if that takes no waiting for the disk.
     *
     * @return false if it does; then nothing was written
     */
    public boolean answerCachedRead(MessageReader in, ReplyWriter out) {
        try {
            if (!files.readCached(in, out)) {
                out.cancel();
                return false;
            }
        } catch (ErrnoException e) {
            out.fail(e.errno());
        }
        out.finish();
        return true;
    }

    /** Whether writes through this fid wait for the disk. */
    public boolean writesSlowly(int fid) {
        return files.isSlow(fid);
    }

    private void dispatch(int type, MessageReader in, ReplyWriter out) throws ErrnoException {
        switch (type) {
            case TATTACH -> attach(in, out);
            case TAUTH -> throw ErrnoException.of(Errno.ENOENT); // No authentication needed: what diod's tools expect.
            case TWALK -> tree.walk(in, out);
            case TGETATTR -> files.getAttributes(in, out);
            case TREAD -> files.read(in, out);
            case TWRITE -> files.write(in, out);
            case TCLUNK -> clunk(in);
            case TLOPEN -> files.open(in, out);
            case TLCREATE -> files.create(in, out);
            case TREADDIR -> files.list(in, out);
            case TXATTRWALK -> attributes.walk(in, out);
            case TXATTRCREATE -> attributes.create(in);
            case TSETATTR -> files.setAttributes(in);
            case TFSYNC -> files.sync(in);
            case TSTATFS -> files.space(in, out);
            case TREADLINK -> tree.readLink(in, out);
            case TUNLINKAT -> tree.unlink(in);
            case TRENAMEAT -> tree.rename(in);
            case TRENAME -> tree.renameFid(in);
            case TREMOVE -> tree.removeFid(in);
            case TMKDIR -> tree.makeFolder(in, out);
            case TSYMLINK -> tree.makeSymlink(in, out);
            case TMKNOD -> tree.makeSpecial(in, out);
            case TLINK -> tree.link(in);
            case TLOCK -> locks.lock(in, out);
            case TGETLOCK -> locks.test(in, out);
            default -> throw ErrnoException.of(Errno.EOPNOTSUPP);
        }
    }

    private void attach(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        in.u32(); // afid: nobody is ever given one
        String user = in.text();
        byte[] attachName = in.string();
        int uid = in.u32();
        in.end();
        synchronized (this) {
            if (refused >= ATTEMPTS || !export.admits(attachName)) {
                refused++;
                throw ErrnoException.of(Errno.EACCES);
            }
        }
        Fid fid = new Fid(export.volume().root(), uid == -1 && user.equals("root") ? 0 : uid);
        long path = fid.node.path();
        fids.add(number, fid);
        out.qid(Attributes.qidType(FileMode.FOLDER), path);
    }

    private void clunk(MessageReader in) throws ErrnoException {
        int number = in.u32();
        in.end();
        Fid fid = fids.remove(number);
        try {
            AttributeUpload upload = fid.upload;
            if (upload != null) {
                fid.node.setAttribute(upload.name, upload.value(), upload.flags);
            }
        } finally {
            fids.release(fid);
        }
    }
}
