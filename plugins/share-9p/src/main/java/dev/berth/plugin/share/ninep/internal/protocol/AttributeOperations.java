/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Errno;
import dev.berth.plugin.share.ninep.internal.volume.ErrnoException;

/** Extended attributes: a fid is turned into the value of one, to be read or to be written. */
final class AttributeOperations {

    private final FidTable fids;

    AttributeOperations(FidTable fids) {
        this.fids = fids;
    }

    void walk(MessageReader in, ReplyWriter out) throws ErrnoException {
        int number = in.u32();
        int newNumber = in.u32();
        byte[] name = in.string();
        in.end();
        Fid fid = fids.acquire(number);
        try {
            byte[] value = name.length == 0 ? fid.node.attributeNames() : fid.node.attribute(name);
            fid.node.retain();
            Fid read = new Fid(fid.node, fid.uid);
            read.attributeValue = value;
            if (newNumber == number) {
                fids.replace(number, fid, read);
            } else {
                fids.add(newNumber, read);
            }
            out.u64(value.length);
        } finally {
            fids.release(fid);
        }
    }

    void create(MessageReader in) throws ErrnoException {
        int number = in.u32();
        byte[] name = in.string();
        long size = in.u64();
        int flags = in.u32();
        in.end();
        if (name.length == 0 || size < 0 || size > AttributeUpload.LIMIT) {
            throw ErrnoException.of(size < 0 || name.length == 0 ? Errno.EINVAL : Errno.ENOSPC);
        }
        Fid fid = fids.acquire(number);
        try {
            synchronized (fid) {
                if (fid.isOpen()) {
                    throw ErrnoException.of(Errno.EBADF);
                }
                fid.upload = new AttributeUpload(name, (int) size, flags);
            }
        } finally {
            fids.release(fid);
        }
    }
}
