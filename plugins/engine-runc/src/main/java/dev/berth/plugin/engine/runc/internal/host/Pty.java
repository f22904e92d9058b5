/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.runc.internal.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.berth.api.engine.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The master side of a pseudo-terminal of the host (pty(7)). */
public final class Pty implements AutoCloseable {

    private static final int EINTR = 4;
    private static final int WAIT_MILLISECONDS = 100;

    private final int master;
    private final String slave;
    private int users;
    private boolean closed;

    private Pty(int master, String slave) {
        this.master = master;
        this.slave = slave;
    }

    /** Makes a pseudo-terminal of a size. */
    public static Pty open(TerminalSize size) throws IOException {
        int fd = -1;
        try {
            fd = Libc.CALLS.posix_openpt(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_CLOEXEC);
            Libc.CALLS.grantpt(fd);
            Libc.CALLS.unlockpt(fd);
            byte[] name = new byte[128];
            if (Libc.CALLS.ptsname_r(fd, name, name.length) != 0) {
                throw new IOException("the pseudo-terminal has no name");
            }
            Pty pty = new Pty(fd, com.sun.jna.Native.toString(name, StandardCharsets.UTF_8));
            pty.resize(size);
            return pty;
        } catch (LastErrorException e) {
            if (fd >= 0) {
                Libc.CALLS.close(fd);
            }
            throw new IOException("no pseudo-terminal: errno " + e.getErrorCode(), e);
        }
    }

    /** The path of the other side. */
    public String slave() {
        return slave;
    }

    /** Changes its size; the kernel tells the programs. */
    public void resize(TerminalSize size) {
        if (!enter()) {
            return;
        }
        try (Memory winsize = new Memory(8)) {
            winsize.clear();
            winsize.setShort(0, (short) size.rows());
            winsize.setShort(2, (short) size.columns());
            Libc.CALLS.ioctl(master, Libc.TIOCSWINSZ, winsize);
        } catch (LastErrorException e) {
            // The other side is gone; so is the reason to resize.
        } finally {
            leave();
        }
    }

    /** What the programs write; ends when the last of them has closed the other side. */
    public InputStream output() {
        return new Output();
    }

    /** What is typed. */
    public OutputStream input() {
        return new Input();
    }

    /** A descriptor number must not be closed while a thread is in a call with it: it could be another file's by then. */
    private synchronized boolean enter() {
        if (closed) {
            return false;
        }
        users++;
        return true;
    }

    private synchronized void leave() {
        users--;
        if (closed && users == 0) {
            Libc.CALLS.close(master);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (users == 0) {
                Libc.CALLS.close(master);
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private final class Output extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!enter()) {
                return -1;
            }
            try (Memory poll = new Memory(8)) {
                while (!isClosed()) {
                    poll.setInt(0, master);
                    poll.setShort(4, Libc.POLLIN);
                    poll.setShort(6, (short) 0);
                    if (ready(poll)) {
                        byte[] part = new byte[Math.min(length, 16_384)];
                        // EIO: nobody has the other side open any more.
                        int n = (int) Libc.CALLS.read(master, part, part.length);
                        System.arraycopy(part, 0, buffer, offset, Math.max(0, n));
                        return n > 0 ? n : -1;
                    }
                }
                return -1;
            } catch (LastErrorException e) {
                return -1;
            } finally {
                leave();
            }
        }

        private boolean ready(Memory poll) {
            try {
                return Libc.CALLS.poll(poll, 1, WAIT_MILLISECONDS) > 0;
            } catch (LastErrorException e) {
                if (e.getErrorCode() == EINTR) {
                    return false;
                }
                throw e;
            }
        }
    }

    private final class Input extends OutputStream {

        private static final byte END_OF_FILE = 4;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            if (!enter()) {
                throw new IOException("the terminal is closed");
            }
            try (Memory memory = new Memory(length)) {
                memory.write(0, bytes, offset, length);
                for (long done = 0; done < length; ) {
                    done += Libc.CALLS.write(master, memory.share(done), length - done);
                }
            } catch (LastErrorException e) {
                throw new IOException("the terminal is closed: errno " + e.getErrorCode(), e);
            } finally {
                leave();
            }
        }

        /** A terminal has no end of file but the character that means it. */
        @Override
        public void close() throws IOException {
            if (!isClosed()) {
                write(END_OF_FILE);
            }
        }
    }
}
