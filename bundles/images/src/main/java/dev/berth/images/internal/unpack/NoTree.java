/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import java.nio.ByteBuffer;
import java.util.List;

/** Unpacks to nowhere: an archive is only checked, on hosts whose engines keep images of their own. */
final class NoTree implements Tree {

    @Override
    public void folder(String path, Meta meta) {}

    @Override
    public void beginFile(String path, Meta meta) {}

    @Override
    public void write(ByteBuffer data, long offset) {}

    @Override
    public void endFile(long size, Meta meta) {}

    @Override
    public void symlink(String path, String target, Meta meta) {}

    @Override
    public void hardLink(String path, String target) {}

    @Override
    public void node(String path, char type, long major, long minor, Meta meta) {}

    @Override
    public void whiteout(String path) {}

    @Override
    public void opaque(String folder) {}

    @Override
    public void finish() {}

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public void close() {}
}
