/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

import java.nio.ByteBuffer;

/** A folder that was opened for listing. */
public interface OpenFolder extends AutoCloseable {

    /** Takes the entries of a listing. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes one.
         *
         * @param path as {@link Node#path}, as far as the listing tells
         * @param type the DT_ number of directory entries
         * @param cookie where the listing goes on after this entry
         * @param name holds the name from {@code at}, {@code length} bytes
         * @return false if there is no room; the entry then comes again next time
         */
        boolean entry(long path, int type, long cookie, ByteBuffer name, int at, int length);
    }

    /**
     * Lists from a cookie on, 0 being the beginning, until the sink is full or the folder ends.
     *
     * @param budget room in the sink, in bytes as they are on the wire; a hint
     */
    void list(long cookie, int budget, Sink sink) throws ErrnoException;

    /** Writes to the disk what is kept back. */
    void sync() throws ErrnoException;

    @Override
    void close();
}
