/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Where an archive is unpacked to. Paths are checked before: relative, without {@code ..}, one byte in each character;
 * the empty path is the root. What is there gives way to what comes, as in any tar archive.
 */
interface Tree extends AutoCloseable {

    /** Owner, permissions, time and extended attributes of an entry. */
    record Meta(int mode, int uid, int gid, long seconds, int nanos, Map<String, byte[]> xattrs) {}

    /** Makes a folder, or changes the one that is there. */
    void folder(String path, Meta meta) throws IOException;

    /** Begins a file; its data follows. */
    void beginFile(String path, Meta meta) throws IOException;

    /** Writes a piece of the begun file. */
    void write(ByteBuffer data, long offset) throws IOException;

    /** Ends the begun file. */
    void endFile(long size, Meta meta) throws IOException;

    void symlink(String path, String target, Meta meta) throws IOException;

    void hardLink(String path, String target) throws IOException;

    /** Makes a device node or a FIFO. */
    void node(String path, char type, long major, long minor, Meta meta) throws IOException;

    /** Hides what layers below have at a path. */
    void whiteout(String path) throws IOException;

    /** Hides what layers below have in a folder. */
    void opaque(String folder) throws IOException;

    /** Does what had to wait for the end. */
    void finish() throws IOException;

    /** What was left out, one sentence each. */
    java.util.List<String> notes();

    @Override
    void close();
}
