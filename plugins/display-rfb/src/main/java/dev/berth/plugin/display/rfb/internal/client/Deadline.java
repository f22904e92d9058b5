/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.ServerKey;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a channel when the server takes too long to come to the point, be it silent or talking without end. The clock stands still
 * while a person is asked.
 */
final class Deadline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

    private final ByteChannel channel;
    private long leftNanos;
    private long runningSince;
    private @Nullable CompletableFuture<Void> timer;
    private boolean expired;

    /** The clock runs from here on. */
    Deadline(ByteChannel channel, Duration limit) {
        this.channel = channel;
        this.leftNanos = limit.toNanos();
        goOn();
    }

    private synchronized void goOn() {
        runningSince = System.nanoTime();
        CompletableFuture<Void> next = new CompletableFuture<>();
        timer = next;
        next.orTimeout(Math.max(1, leftNanos), TimeUnit.NANOSECONDS).whenCompleteAsync((nothing, late) -> {
            if (late != null) {
                expire(next);
            }
        });
    }

    private synchronized void stop() {
        CompletableFuture<Void> running = timer;
        if (running != null) {
            timer = null;
            running.complete(null);
            leftNanos -= System.nanoTime() - runningSince;
        }
    }

    private void expire(CompletableFuture<Void> which) {
        synchronized (this) {
            if (timer != which) {
                return;
            }
            expired = true;
        }
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing after too long a wait", e);
        }
    }

    /** Whether the channel was closed because the time was over. */
    synchronized boolean expired() {
        return expired;
    }

    /** The same credentials; the time that they take does not count. */
    Credentials pausing(Credentials credentials) {
        return new Credentials() {
            @Override
            public Optional<Login> ask(String realm, boolean needUser) throws InterruptedException {
                stop();
                try {
                    return credentials.ask(realm, needUser);
                } finally {
                    goOn();
                }
            }

            @Override
            public boolean trust(ServerKey key) throws InterruptedException {
                stop();
                try {
                    return credentials.trust(key);
                } finally {
                    goOn();
                }
            }
        };
    }

    /** The clock stops for good. */
    @Override
    public void close() {
        stop();
    }
}
