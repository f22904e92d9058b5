/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

import dev.berth.plugin.rootfs.debian.internal.mirror.Reason;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Marks the failures of the layer itself, so that no package is blamed for a full disk. */
final class LayerStream extends FilterOutputStream {

    /** Whoever takes the layer failed; the cause tells how. */
    static final class LayerException extends IOException {
        private static final long serialVersionUID = 1L;

        LayerException(IOException cause) {
            super(Reason.of(cause), cause);
        }
    }

    LayerStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw new LayerException(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw new LayerException(e);
        }
    }
}
