/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.tools;

import dev.berth.api.error.BerthException;
import dev.berth.api.task.AnyThread;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads lines as they come, on a thread of its own, and hands them on in bunches. */
@AnyThread
final class LogTail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);
    private static final int CHUNK = 65_536;
    private static final int LONGEST = 4_000;

    private final Opener opener;
    private final BiConsumer<LogTail, List<String>> lines;
    private final BiConsumer<LogTail, BerthException> failed;
    private final StringBuilder rest = new StringBuilder();
    private @Nullable InputStream stream;
    private @Nullable Thread thread;
    private volatile boolean closed;

    /** Opens a log; blocks. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws BerthException, IOException, InterruptedException;
    }

    LogTail(Opener opener, BiConsumer<LogTail, List<String>> lines, BiConsumer<LogTail, BerthException> failed) {
        this.opener = opener;
        this.lines = lines;
        this.failed = failed;
    }

    synchronized void start(String name) {
        Thread reader = new Thread(this::run, "berth-log-" + name);
        reader.setDaemon(true);
        thread = reader;
        reader.start();
    }

    private void run() {
        try (InputStream opened = opener.open()) {
            synchronized (this) {
                stream = opened;
            }
            byte[] bytes = new byte[CHUNK];
            for (int n = opened.read(bytes); n >= 0 && !closed; n = opened.read(bytes)) {
                take(new String(bytes, 0, n, StandardCharsets.UTF_8));
            }
        } catch (BerthException e) {
            failed.accept(this, e);
        } catch (IOException e) {
            if (!closed) {
                LOG.debug("A log cannot be read on", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String text) {
        rest.append(text);
        List<String> whole = new ArrayList<>();
        int from = 0;
        for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n", from)) {
            String line = rest.substring(from, Math.min(end, from + LONGEST));
            whole.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            from = end + 1;
        }
        rest.delete(0, from);
        if (rest.length() > LONGEST) {
            whole.add(rest.substring(0, LONGEST));
            rest.setLength(0);
        }
        if (!whole.isEmpty()) {
            lines.accept(this, whole);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
        InputStream open = stream;
        if (open != null) {
            Thread closer = new Thread(
                    () -> {
                        try {
                            open.close();
                        } catch (IOException e) {
                            LOG.debug("A log does not close", e);
                        }
                    },
                    "berth-log-close");
            closer.setDaemon(true);
            closer.start();
        }
    }
}
