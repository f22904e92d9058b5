/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** The compressions that package archives and indexes come in. */
public final class Decompressor {

    private static final int BUFFER = 1 << 16;
    /** In KiB. The largest preset of xz takes 65 MiB to unpack; an archive that wants much more is up to no good. */
    private static final int XZ_MEMORY_KIB = 512 << 10;

    private Decompressor() {}

    /**
     * Opens a stream over compressed bytes. Closing it closes {@code in}.
     *
     * @param suffix of the file's name without the dot: {@code xz}, {@code gz}, {@code zst}, or empty for none
     */
    public static InputStream open(String suffix, InputStream in) throws IOException {
        return switch (suffix) {
            case "" -> in;
            case "gz" -> new GZIPInputStream(in, BUFFER);
            case "xz" -> xz(in);
            case "zst" -> new ZstdInputStream(in);
            default -> throw new IOException("unknown compression: " + suffix);
        };
    }

    /** Whether xz is unpacked by the system's library. */
    public static boolean hasNativeXz() {
        return NativeXzInputStream.usable();
    }

    /** With the system's liblzma where there is one: it is several times as fast as the Java decoder. */
    private static InputStream xz(InputStream in) throws IOException {
        return NativeXzInputStream.usable()
                ? new NativeXzInputStream(in, (long) XZ_MEMORY_KIB << 10)
                : new XZInputStream(in, XZ_MEMORY_KIB);
    }
}
