/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stream of bytes in pieces of the source's own, so that nobody has to copy them. */
@FunctionalInterface
public interface ChunkSource {

    /**
     * The next piece, a direct buffer that is valid until the next call; null at the end.
     *
     * @throws IOException if the source broke
     */
    @Nullable
    ByteBuffer next() throws IOException, InterruptedException;
}
