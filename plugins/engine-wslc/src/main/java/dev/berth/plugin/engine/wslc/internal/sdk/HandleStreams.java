/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.sdk;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Handles of Windows as streams. Closing a stream closes its handle, once. */
final class HandleStreams {

    private static final int BUFFER = 1 << 16;
    private static final int ERROR_BROKEN_PIPE = 109;

    private HandleStreams() {}

    /** Reads until the other end is closed. */
    static final class Input extends InputStream {
        private final WindowsFunctions.Kernel32 kernel;
        private final Pointer handle;
        private final Memory buffer = new Memory(BUFFER);
        private final AtomicBoolean closed = new AtomicBoolean();

        Input(WindowsFunctions.Kernel32 kernel, Pointer handle) {
            this.kernel = kernel;
            this.handle = handle;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            if (closed.get()) {
                throw new IOException("the stream is closed");
            }
            IntByReference read = new IntByReference();
            if (kernel.ReadFile(handle, buffer, Math.min(length, BUFFER), read, null) == 0) {
                int error = Native.getLastError();
                if (error == ERROR_BROKEN_PIPE) {
                    return -1;
                }
                throw new IOException("reading failed with the error " + error + " of Windows");
            }
            int count = Math.min(read.getValue(), length);
            if (count <= 0) {
                return -1;
            }
            buffer.read(0, bytes, offset, count);
            return count;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                kernel.CloseHandle(handle);
            }
        }
    }

    /** Writes all of what it is given. */
    static final class Output extends OutputStream {
        private final WindowsFunctions.Kernel32 kernel;
        private final Pointer handle;
        private final AtomicBoolean closed = new AtomicBoolean();

        Output(WindowsFunctions.Kernel32 kernel, Pointer handle) {
            this.kernel = kernel;
            this.handle = handle;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (closed.get()) {
                throw new IOException("the stream is closed");
            }
            try (Memory buffer = new Memory(Math.max(1, Math.min(length, BUFFER)))) {
                for (int at = 0; at < length; ) {
                    int count = Math.min(length - at, BUFFER);
                    buffer.write(0, bytes, offset + at, count);
                    IntByReference written = new IntByReference();
                    if (kernel.WriteFile(handle, buffer, count, written, null) == 0 || written.getValue() <= 0) {
                        throw new IOException("writing failed with the error " + Native.getLastError() + " of Windows");
                    }
                    at += written.getValue();
                }
            }
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                kernel.CloseHandle(handle);
            }
        }
    }
}
