/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.fuse;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Leads to the script in the guest. One thread receives and one sends at a time. */
interface FuseWire extends Closeable {

    /**
     * Waits until the free room of the buffer is full.
     *
     * @return false at the end of the stream
     * @throws IOException also if it ends in the middle
     */
    boolean receive(ByteBuffer into) throws IOException;

    /** Sends all that remains. */
    void send(ByteBuffer from) throws IOException;
}
