/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

import java.nio.ByteBuffer;

/** A regular file that was opened. Positions are given with each call, so calls may overlap. */
public interface OpenFile extends AutoCloseable {

    /** Whether it was opened such that writes wait for the disk. */
    boolean slow();

    /**
     * Reads at a position into the free room of a direct buffer.
     *
     * @return how many bytes; 0 at the end of the file
     */
    int read(long offset, ByteBuffer into) throws ErrnoException;

    /** As {@link #read}, but returns -1 where that would have to wait for the disk. */
    int readCached(long offset, ByteBuffer into) throws ErrnoException;

    /**
     * Writes what remains in a direct buffer at a position.
     *
     * @param uid who writes, or -1: a write by others than root takes set-user-id bits away
     * @return how many bytes
     */
    int write(long offset, ByteBuffer from, int uid) throws ErrnoException;

    /** Writes to the disk what is kept back. */
    void sync(boolean dataOnly) throws ErrnoException;

    @Override
    void close();
}
