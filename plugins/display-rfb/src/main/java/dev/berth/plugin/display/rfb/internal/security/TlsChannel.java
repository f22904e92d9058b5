/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Java's TLS over a channel that blocks. One thread reads while another writes; closing never waits for either. */
final class TlsChannel implements ByteChannel {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteChannel raw;
    private final SSLEngine engine;
    private final Object writeLock = new Object();
    private ByteBuffer netIn;
    private ByteBuffer netOut;
    private ByteBuffer plain;

    TlsChannel(ByteChannel raw, SSLEngine engine) {
        this.raw = raw;
        this.engine = engine;
        this.netIn = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize())
                .flip();
        this.netOut = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .flip();
    }

    /** Goes through the handshake. */
    void handshake() throws IOException {
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_TASK -> tasks();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (unwrap() < 0) {
                        throw new EOFException("the server ended TLS before it began");
                    }
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void tasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Makes what can be had of one record readable in {@link #plain}; negative at the end. */
    private int unwrap() throws IOException {
        plain.clear();
        SSLEngineResult result;
        try {
            result = engine.unwrap(netIn, plain);
        } finally {
            plain.flip();
        }
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> {
                netIn.compact();
                if (!netIn.hasRemaining()) {
                    netIn = ByteBuffer.allocate(2 * netIn.capacity()).put(netIn.flip());
                }
                int count;
                try {
                    count = raw.read(netIn);
                } finally {
                    netIn.flip();
                }
                return count < 0 ? -1 : 0;
            }
            case BUFFER_OVERFLOW ->
                plain = ByteBuffer.allocate(Math.max(
                                2 * plain.capacity(), engine.getSession().getApplicationBufferSize()))
                        .flip();
            case CLOSED -> {
                return -1;
            }
            default -> {
                // A new key or a ticket of TLS 1.3 may want an answer.
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                    tasks();
                }
                if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                    wrap(NOTHING);
                }
            }
        }
        return plain.remaining();
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        if (!to.hasRemaining()) {
            return 0;
        }
        while (!plain.hasRemaining()) {
            if (unwrap() < 0) {
                return -1;
            }
        }
        int count = Math.min(to.remaining(), plain.remaining());
        to.put(plain.slice(plain.position(), count));
        plain.position(plain.position() + count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = from.remaining();
        while (from.hasRemaining()) {
            wrap(from);
        }
        return count;
    }

    private void wrap(ByteBuffer from) throws IOException {
        synchronized (writeLock) {
            netOut.clear();
            SSLEngineResult result = engine.wrap(from, netOut);
            switch (result.getStatus()) {
                case BUFFER_OVERFLOW -> {
                    netOut = ByteBuffer.allocate(
                            Math.max(2 * netOut.capacity(), engine.getSession().getPacketBufferSize()));
                    return;
                }
                case CLOSED -> {
                    flush();
                    throw new ClosedChannelException();
                }
                default -> flush();
            }
            if (from.hasRemaining() && result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                throw new SSLException("the server wants to begin TLS anew in the middle of the session");
            }
        }
    }

    private void flush() throws IOException {
        netOut.flip();
        while (netOut.hasRemaining()) {
            raw.write(netOut);
        }
    }

    @Override
    public boolean isOpen() {
        return raw.isOpen();
    }

    /** Without a good-bye, which could wait for a server that does not read. RFB's messages say themselves where they end. */
    @Override
    public void close() throws IOException {
        raw.close();
    }
}
