/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.archive;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Unpacks xz with the system's liblzma ({@code lzma/base.h}, {@code lzma/container.h} of XZ Utils 5.2 and later). */
final class NativeXzInputStream extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(NativeXzInputStream.class);

    /** Layout of {@code lzma_stream} where pointers and {@code size_t} have eight bytes. */
    private static final int STREAM_BYTES = 136;

    private static final int NEXT_IN = 0;
    private static final int AVAIL_IN = 8;
    private static final int NEXT_OUT = 24;
    private static final int AVAIL_OUT = 32;

    private static final int LZMA_CONCATENATED = 8;
    private static final int LZMA_RUN = 0;
    private static final int LZMA_FINISH = 3;
    private static final int LZMA_OK = 0;
    private static final int LZMA_STREAM_END = 1;
    private static final int LZMA_BUF_ERROR = 10;

    private static final int IN_BYTES = 1 << 16;
    private static final int OUT_BYTES = 1 << 18;
    private static final boolean AVAILABLE = load();

    private final InputStream in;
    private final Memory stream = new Memory(STREAM_BYTES);
    private final Memory input = new Memory(IN_BYTES);
    private final Memory output = new Memory(OUT_BYTES);
    private final byte[] transfer = new byte[IN_BYTES];
    private int outputFrom;
    private int outputTo;
    private boolean inputEnded;
    private boolean ended;
    private boolean closed;

    NativeXzInputStream(InputStream in, long memoryLimit) throws IOException {
        this.in = in;
        stream.clear();
        int status = lzma_stream_decoder(stream, memoryLimit, LZMA_CONCATENATED);
        if (status != LZMA_OK) {
            closed = true;
            throw new IOException("liblzma cannot start: status " + status);
        }
    }

    /** Whether this host has a liblzma that can be used. */
    static boolean usable() {
        return AVAILABLE;
    }

    private static boolean load() {
        if (Boolean.getBoolean("berth.xz.java")) {
            return false;
        }
        try {
            if (Native.POINTER_SIZE != 8 || Native.SIZE_T_SIZE != 8) {
                return false;
            }
            Native.register(NativeXzInputStream.class, "liblzma.so.5");
            return true;
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("No usable liblzma, unpacking xz in Java: {}", e.toString());
            return false;
        }
    }

    private static native int lzma_stream_decoder(Pointer stream, long memoryLimit, int flags);

    private static native int lzma_code(Pointer stream, int action);

    private static native void lzma_end(Pointer stream);

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        while (outputFrom == outputTo) {
            if (ended) {
                return -1;
            }
            decode();
        }
        int n = Math.min(length, outputTo - outputFrom);
        output.read(outputFrom, buffer, offset, n);
        outputFrom += n;
        return n;
    }

    private void decode() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (stream.getLong(AVAIL_IN) == 0 && !inputEnded) {
            int n = in.read(transfer);
            if (n < 0) {
                inputEnded = true;
            } else {
                input.write(0, transfer, 0, n);
                stream.setPointer(NEXT_IN, input);
                stream.setLong(AVAIL_IN, n);
            }
        }
        stream.setPointer(NEXT_OUT, output);
        stream.setLong(AVAIL_OUT, OUT_BYTES);
        int status = lzma_code(stream, inputEnded ? LZMA_FINISH : LZMA_RUN);
        outputFrom = 0;
        outputTo = OUT_BYTES - (int) stream.getLong(AVAIL_OUT);
        switch (status) {
            case LZMA_OK -> {}
            case LZMA_STREAM_END -> ended = true;
            case LZMA_BUF_ERROR -> {
                if (inputEnded && outputTo == 0) {
                    throw new EOFException("xz data ends too early");
                }
            }
            default -> throw new IOException("xz data is damaged: liblzma status " + status);
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            lzma_end(stream);
            stream.close();
            input.close();
            output.close();
        }
        in.close();
    }
}
