/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** How an archive is compressed, told from its first bytes: names lie. */
enum Packing {
    NONE("application/vnd.oci.image.layer.v1.tar"),
    GZIP("application/vnd.oci.image.layer.v1.tar+gzip", 0x1f, 0x8b),
    ZSTD("application/vnd.oci.image.layer.v1.tar+zstd", 0x28, 0xb5, 0x2f, 0xfd),
    /** No media type of a layer. */
    XZ("", 0xfd, '7', 'z', 'X', 'Z', 0);

    private static final int BUFFER = 128 << 10;
    /** In KiB: what {@code xz -9} needs is a tenth of it. */
    private static final int XZ_MEMORY = 1 << 20;

    private final String mediaType;
    private final byte[] magic;

    Packing(String mediaType, int... magic) {
        this.mediaType = mediaType;
        this.magic = new byte[magic.length];
        for (int i = 0; i < magic.length; i++) {
            this.magic[i] = (byte) magic[i];
        }
    }

    /** Of a layer that is compressed so; empty if no layer may be. */
    String mediaType() {
        return mediaType;
    }

    static Packing of(InputStream in) throws IOException {
        byte[] head = in.readNBytes(6);
        for (Packing each : new Packing[] {GZIP, ZSTD, XZ}) {
            if (head.length >= each.magic.length && Arrays.equals(each.magic, Arrays.copyOf(head, each.magic.length))) {
                return each;
            }
        }
        return NONE;
    }

    /** The archive; closing it closes {@code in}. */
    InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case NONE -> new BufferedInputStream(in, BUFFER);
            case GZIP -> new GZIPInputStream(in, BUFFER);
            case ZSTD -> new ZstdInputStreamNoFinalizer(in);
            case XZ -> new XZInputStream(new BufferedInputStream(in, BUFFER), XZ_MEMORY);
        };
    }
}
