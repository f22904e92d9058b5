/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Direct buffers of two sizes: small ones for nearly everything, large ones for the few messages that carry much. Those
 * given back beyond what is worth keeping are left to the collector.
 */
final class BufferPool {

    /** Data of one message that a small buffer takes. */
    static final int SMALL_DATA = 0x10000;
    /** The longest message that is ever agreed on; Linux asks for no more over a socket. */
    static final int LARGEST_MESSAGE = 0x100000;

    private static final int SLACK = 1024;

    private final ArrayBlockingQueue<ByteBuffer> small = new ArrayBlockingQueue<>(64);
    private final ArrayBlockingQueue<ByteBuffer> large = new ArrayBlockingQueue<>(16);

    /** A cleared little-endian buffer for messages of this size. */
    ByteBuffer take(int size) {
        boolean isSmall = size <= SMALL_DATA + SLACK;
        ByteBuffer pooled = isSmall ? small.poll() : large.poll();
        if (pooled != null) {
            return pooled.clear();
        }
        return ByteBuffer.allocateDirect(isSmall ? SMALL_DATA + SLACK : LARGEST_MESSAGE + SLACK)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    void give(ByteBuffer buffer) {
        if (buffer.capacity() == SMALL_DATA + SLACK) {
            small.offer(buffer);
        } else {
            large.offer(buffer);
        }
    }
}
