/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;
import java.nio.charset.StandardCharsets;

/** Advisory locks. Nothing waits here: a client that wants to wait asks again. */
final class LockOperations {

    private static final int SUCCESS = 0;
    private static final int BLOCKED = 1;

    private final LockTable locks;
    private final FidTable fids;
    private final Object connection;

    LockOperations(LockTable locks, FidTable fids, Object connection) {
        this.locks = locks;
        this.fids = fids;
        this.connection = connection;
    }

    void lock(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        int type = in.u8();
        in.u32(); // flags: to wait and to reclaim are the client's own doing
        long first = in.u64();
        long length = in.u64();
        LockTable.Owner owner = new LockTable.Owner(connection, in.u32(), in.text());
        in.end();
        check(type);
        long last = LockTable.last(first, length);
        Fid fid = fids.acquire(number);
        try {
            if (fid.file == null && fid.folder == null) {
                throw ErrnoException.of(Errno.EBADF);
            }
            fid.holdsLocks = true;
            boolean set = locks.set(fid.node.key(), new LockTable.Held(owner, fid, type, first, last));
            out.u8(set ? SUCCESS : BLOCKED);
        } finally {
            fids.release(fid);
        }
    }

    void test(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        int type = in.u8();
        long first = in.u64();
        long length = in.u64();
        int process = in.u32();
        String client = in.text();
        in.end();
        check(type);
        long last = LockTable.last(first, length);
        Fid fid = fids.acquire(number);
        try {
            LockTable.Held held =
                    locks.conflict(fid.node.key(), new LockTable.Owner(connection, process, client), type, first, last);
            if (held == null) {
                reply(out, LockTable.UNLOCK, first, length, process, client);
            } else {
                long heldLength = held.last() == Long.MAX_VALUE ? 0 : held.last() - held.first() + 1;
                LockTable.Owner by = held.owner();
                reply(out, held.type(), held.first(), heldLength, by.process(), by.client());
            }
        } finally {
            fids.release(fid);
        }
    }

    private static void reply(ReplyWriter out, int type, long first, long length, int process, String client)
            throws ErrnoException {
        out.u8(type);
        out.u64(first);
        out.u64(length);
        out.u32(process);
        out.string(client.getBytes(StandardCharsets.UTF_8));
    }

    private static void check(int type) throws ErrnoException {
        if (type > LockTable.UNLOCK) {
            throw ErrnoException.of(Errno.EINVAL);
        }
    }
}
