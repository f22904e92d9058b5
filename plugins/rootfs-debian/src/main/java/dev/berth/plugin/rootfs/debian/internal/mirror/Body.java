/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream whose reads end: by an interrupt, which the JDK's own stream swallows up to Java 20,
 * and when no byte has come for a while. One thread reads.
 */
final class Body extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

    /** How many pieces may wait for the reader, 16 KiB each. */
    private static final int AHEAD = 16;

    private static final List<ByteBuffer> END = List.of();

    private final Duration stall;
    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;
    private List<ByteBuffer> current = END;
    private int at;
    private boolean ended;

    /** @param stall without a byte for so long, a read fails */
    Body(Duration stall) {
        this.stall = stall;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription own) {
        subscription = own;
        if (closed) {
            own.cancel();
        } else {
            own.request(AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> piece) {
        if (!piece.isEmpty()) {
            arrived.add(piece);
        } else {
            more();
        }
    }

    @Override
    public void onError(Throwable e) {
        failure = e;
        arrived.add(END);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

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
        ByteBuffer piece = piece();
        if (piece == null) {
            return -1;
        }
        int n = Math.min(length, piece.remaining());
        piece.get(buffer, offset, n);
        return n;
    }

    private @Nullable ByteBuffer piece() throws IOException {
        while (!ended) {
            if (closed) {
                throw new IOException("closed");
            }
            while (at < current.size()) {
                ByteBuffer piece = current.get(at);
                if (piece.hasRemaining()) {
                    return piece;
                }
                at++;
            }
            if (current != END) {
                more();
            }
            current = next();
            at = 0;
            ended = current == END;
        }
        Throwable broken = failure;
        if (broken != null) {
            throw new IOException(Reason.of(broken), broken);
        }
        return null;
    }

    private List<ByteBuffer> next() throws IOException {
        try {
            List<ByteBuffer> piece = arrived.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
            if (piece != null) {
                return piece;
            }
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("cancelled");
        }
        close();
        throw new HttpTimeoutException("no byte came for " + stall.toSeconds() + " seconds");
    }

    private void more() {
        Flow.Subscription own = subscription;
        if (own != null) {
            own.request(1);
        }
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription own = subscription;
        if (own != null) {
            own.cancel();
        }
        failure = new IOException("closed");
        arrived.add(END);
    }
}
