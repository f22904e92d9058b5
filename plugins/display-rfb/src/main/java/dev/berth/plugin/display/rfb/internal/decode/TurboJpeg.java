/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libjpeg-turbo's TurboJPEG API, version 2 names, which version 3 keeps. Pictures pass through memory outside of the heap: JNA would
 * copy the whole frame otherwise.
 */
final class TurboJpeg implements PictureDecoder {

    private static final Logger LOG = LoggerFactory.getLogger(TurboJpeg.class);
    private static final List<String> NAMES = List.of("libturbojpeg.so.0", "turbojpeg", "libturbojpeg.dylib");
    private static final int RGBX = 2;
    private static final int BGRX = 3;

    private static final boolean FOUND = bind();

    private final long handle;
    private ByteBuffer source = ByteBuffer.allocateDirect(64 << 10);
    private long sourceAddress = address(source);
    private IntBuffer target = IntBuffer.allocate(0);
    private long targetAddress;
    private boolean closed;

    private TurboJpeg(long handle) {
        this.handle = handle;
    }

    /** A decoder, if the library is on this machine. */
    static Optional<PictureDecoder> find() {
        if (!FOUND) {
            return Optional.empty();
        }
        long handle = tjInitDecompress();
        return handle == 0 ? Optional.empty() : Optional.of(new TurboJpeg(handle));
    }

    private static boolean bind() {
        for (String name : NAMES) {
            try {
                Native.register(TurboJpeg.class, NativeLibrary.getInstance(name));
                return true;
            } catch (UnsatisfiedLinkError e) {
                LOG.debug("no {}: {}", name, e.getMessage());
            }
        }
        LOG.info("libjpeg-turbo was not found; JPEG rectangles are decoded in Java");
        return false;
    }

    private static native long tjInitDecompress();

    private static native int tjDestroy(long handle);

    // The C type of size is unsigned long, 32 bits on Windows; it is passed in a register there, so a long does for
    // both.
    private static native int tjDecompress2(
            long handle, long source, long size, long target, int width, int pitch, int height, int format, int flags);

    private static long address(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    @Override
    public void decode(byte[] from, int offset, int length, Frame frame, int x, int y, int w, int h, boolean redLow)
            throws IOException {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        // The library would shrink a larger picture to fit. It reads the head itself, once is enough.
        if (JpegHead.size(from, offset, length) != JpegHead.size(w, h)) {
            throw new RfbException("a JPEG picture that is broken or of another size than its rectangle");
        }
        room(length, w * h);
        source.clear();
        source.put(from, offset, length);
        // A warning, such as data cut short, also gives -1; the picture is then as good as it gets.
        tjDecompress2(handle, sourceAddress, length, targetAddress, w, 0, h, redLow ? RGBX : BGRX, 0);
        int[] to = frame.pixels();
        int start = y * frame.width() + x;
        for (int row = 0; row < h; row++) {
            target.get(row * w, to, start, w);
            start += frame.width();
        }
    }

    private void room(int length, int pixels) {
        if (source.capacity() < length) {
            source = ByteBuffer.allocateDirect(length + length / 2);
            sourceAddress = address(source);
        }
        if (target.capacity() < pixels) {
            ByteBuffer memory =
                    ByteBuffer.allocateDirect(4 * (pixels + pixels / 4)).order(ByteOrder.LITTLE_ENDIAN);
            target = memory.asIntBuffer();
            targetAddress = address(memory);
        }
    }

    @Override
    public String name() {
        return "libjpeg-turbo";
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tjDestroy(handle);
        }
    }
}
