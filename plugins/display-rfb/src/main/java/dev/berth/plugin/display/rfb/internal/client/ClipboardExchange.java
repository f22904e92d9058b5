/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.display.ClipboardOffer;
import dev.berth.api.error.BerthException;
import dev.berth.api.error.DisplayException;
import dev.berth.api.error.ErrorKind;
import dev.berth.api.error.Remedy;
import dev.berth.api.task.TaskContext;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbOutput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Text between two clipboards: the extended clipboard of the RFB community specification (UTF-8, fetched when somebody pastes), or cut
 * text in Latin-1 (RFC 6143, 7.5.6 and 7.6.4) where the server knows no better.
 */
final class ClipboardExchange {

    private static final Logger LOG = LoggerFactory.getLogger(ClipboardExchange.class);

    private static final int TEXT = 1;
    private static final int CAPABILITIES = 1 << 24;
    private static final int REQUEST = 1 << 25;
    private static final int PEEK = 1 << 26;
    private static final int NOTIFY = 1 << 27;
    private static final int PROVIDE = 1 << 28;

    /** A person who pastes waits no longer than this. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final RfbOutput out;
    private final Consumer<ClipboardOffer> onOffer;
    private final ExecutorService worker;
    private final Object lock = new Object();

    private boolean settled;
    private boolean extended;
    /** The most text that the server takes unasked, because it cannot ask: it knows no offers. 0 for servers that do. */
    private int pushed;

    private boolean closed;
    private @Nullable ClipboardOffer ours;
    /** Counts the offers of the server; one that is not the last cannot be read any more. */
    private long theirs;

    private byte @Nullable [] provided;

    ClipboardExchange(RfbOutput out, Consumer<ClipboardOffer> onOffer, String threadName) {
        this.out = out;
        this.onOffer = onOffer;
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(64), task -> {
                    Thread thread = new Thread(task, threadName);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.worker = pool;
    }

    /** This side has something new. */
    void offer(ClipboardOffer offer) {
        synchronized (lock) {
            ours = offer;
            if (!settled) {
                return;
            }
            if (extended) {
                announce(offer);
                return;
            }
        }
        sendLatin1(offer);
    }

    /**
     * The server has answered to the list of encodings, in which it would have said what its clipboard can do. Until then offers wait:
     * sent too early, in Latin-1, they would be mutilated.
     */
    void settled() {
        ClipboardOffer waiting;
        synchronized (lock) {
            if (settled) {
                return;
            }
            settled = true;
            waiting = extended ? null : ours;
        }
        if (waiting != null) {
            sendLatin1(waiting);
        }
    }

    private void sendLatin1(ClipboardOffer offer) {
        if (offer.types().contains(ClipboardOffer.TEXT)) {
            later(() -> out.send(ClientMessages.cutText(read(offer).getBytes(StandardCharsets.ISO_8859_1))));
        }
    }

    private void announce(ClipboardOffer offer) {
        if (pushed > 0) {
            if (offer.types().contains(ClipboardOffer.TEXT)) {
                later(() -> push(read(offer)));
            }
            return;
        }
        int formats = offer.types().contains(ClipboardOffer.TEXT) ? TEXT : 0;
        out.send(ClientMessages.extendedClipboard(NOTIFY | formats, new byte[0]));
    }

    private void push(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > pushed) {
            LOG.info("the server takes no more than {} bytes of text", pushed);
            return;
        }
        out.send(ClientMessages.extendedClipboard(PROVIDE | TEXT, pack(text)));
    }

    private interface Work {
        void run() throws BerthException, InterruptedException;
    }

    private void later(Work work) {
        try {
            worker.execute(() -> {
                try {
                    work.run();
                } catch (BerthException e) {
                    LOG.info("the clipboard could not be read: {}", e.summary());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException e) {
                    LOG.warn("the clipboard could not be read", e);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("the clipboard is busy or closed", e);
        }
    }

    private static String read(ClipboardOffer offer) throws BerthException, InterruptedException {
        byte[] utf8 = offer.read(ClipboardOffer.TEXT, TaskContext.silent());
        int length = Math.min(utf8.length, ServerReader.MAX_CLIPBOARD);
        return new String(utf8, 0, length, StandardCharsets.UTF_8);
    }

    /** The server has text, the old way. */
    void cutText(byte[] text) {
        synchronized (lock) {
            theirs++;
        }
        onOffer.accept(ClipboardOffer.ofText(unix(decode(text))));
    }

    /** Latin-1 by the specification; but wayvnc and others send UTF-8, and nobody writes in Latin-1 what happens to be that. */
    private static String decode(byte[] text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(text, StandardCharsets.ISO_8859_1);
        }
    }

    /** The server speaks of its clipboard or of ours. */
    void message(int flags, byte[] data) throws RfbException {
        if ((flags & CAPABILITIES) != 0) {
            capabilities(flags, data);
        } else if ((flags & REQUEST) != 0) {
            ClipboardOffer offer;
            synchronized (lock) {
                offer = ours;
            }
            if (offer != null && (flags & TEXT) != 0 && offer.types().contains(ClipboardOffer.TEXT)) {
                later(() -> out.send(ClientMessages.extendedClipboard(PROVIDE | TEXT, pack(read(offer)))));
            }
        } else if ((flags & PEEK) != 0) {
            synchronized (lock) {
                if (ours != null) {
                    announce(ours);
                }
            }
        } else if ((flags & NOTIFY) != 0) {
            long number;
            synchronized (lock) {
                number = ++theirs;
                provided = null;
                lock.notifyAll();
            }
            onOffer.accept(new RemoteOffer(number, (flags & TEXT) != 0));
        } else if ((flags & PROVIDE) != 0 && (flags & TEXT) != 0) {
            provide(unpack(data));
        }
    }

    private void capabilities(int flags, byte[] data) {
        boolean onDemand = (flags & (REQUEST | NOTIFY)) == (REQUEST | NOTIFY);
        synchronized (lock) {
            // Sizes follow in the order of the formats' bits, and text is the first.
            pushed = onDemand || data.length < 4
                    ? 0
                    : Math.max(0, ByteBuffer.wrap(data).getInt());
            extended = (flags & TEXT) != 0 && (flags & PROVIDE) != 0 && (onDemand || pushed > 0);
            // Nothing is to be sent unasked, the size for that is 0; unless the server, as libvncserver, knows no other
            // way.
            out.send(ClientMessages.extendedClipboard(
                    CAPABILITIES | REQUEST | PEEK | NOTIFY | PROVIDE | TEXT,
                    ByteBuffer.allocate(4)
                            .putInt(onDemand ? 0 : ServerReader.MAX_CLIPBOARD)
                            .array()));
            if (extended && ours != null) {
                announce(ours);
            }
        }
    }

    private boolean asked;

    private void provide(byte[] utf8) {
        synchronized (lock) {
            if (asked) {
                provided = utf8;
                lock.notifyAll();
                return;
            }
            theirs++;
        }
        onOffer.accept(ClipboardOffer.ofText(new String(utf8, StandardCharsets.UTF_8)));
    }

    /** Text as it is sent: its length, CR LF at line ends, a zero at the end, all of it deflated. */
    static byte[] pack(String text) {
        String windows = unix(text).replace("\n", "\r\n") + "\0";
        byte[] utf8 = windows.getBytes(StandardCharsets.UTF_8);
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(ByteBuffer.allocate(4 + utf8.length)
                    .putInt(utf8.length)
                    .put(utf8)
                    .array());
            // Flushed and not finished, as TigerVNC does: libvncserver hangs up at the end of a stream.
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            byte[] part = new byte[8 << 10];
            int n = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            while (n > 0) {
                packed.write(part, 0, n);
                n = n < part.length ? 0 : deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
            }
            return packed.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /** The text of a provide message in UTF-8 with line feeds. */
    static byte[] unpack(byte[] data) throws RfbException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data);
            byte[] head = new byte[4];
            if (inflater.inflate(head) != 4) {
                throw new RfbException("a clipboard message without a length");
            }
            int length = ByteBuffer.wrap(head).getInt();
            if (length < 0 || length > ServerReader.MAX_CLIPBOARD) {
                throw new RfbException("clipboard text of " + Integer.toUnsignedString(length) + " bytes");
            }
            // Grows with what really comes, so that a claim alone costs no memory.
            ByteArrayOutputStream text = new ByteArrayOutputStream(Math.min(length, 64 << 10));
            byte[] part = new byte[16 << 10];
            while (text.size() < length) {
                int n = inflater.inflate(part, 0, Math.min(part.length, length - text.size()));
                if (n == 0) {
                    throw new RfbException("clipboard text shorter than announced");
                }
                text.write(part, 0, n);
            }
            String windows = text.toString(StandardCharsets.UTF_8);
            int zero = windows.indexOf('\0');
            return unix(zero < 0 ? windows : windows.substring(0, zero)).getBytes(StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new RfbException("broken clipboard data: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    private static String unix(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }

    void close() {
        worker.shutdownNow();
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    /** What the server has: fetched when it is read. */
    private final class RemoteOffer implements ClipboardOffer {

        private final long number;
        private final boolean text;

        RemoteOffer(long number, boolean text) {
            this.number = number;
            this.text = text;
        }

        @Override
        public Set<String> types() {
            return text ? Set.of(TEXT) : Set.of();
        }

        @Override
        public byte[] read(String type, TaskContext context) throws BerthException, InterruptedException {
            if (!types().contains(type)) {
                throw new IllegalArgumentException("not on offer: " + type);
            }
            long end = System.nanoTime() + ANSWER.toNanos();
            synchronized (lock) {
                if (provided == null && number == theirs && !closed) {
                    asked = true;
                    out.send(ClientMessages.extendedClipboard(REQUEST | ClipboardExchange.TEXT, new byte[0]));
                }
                while (provided == null && number == theirs && !closed && System.nanoTime() < end) {
                    context.checkCancelled();
                    lock.wait(50);
                }
                asked = false;
                if (provided == null || number != theirs) {
                    throw new DisplayException(
                            "display.clipboard",
                            ErrorKind.FAILED,
                            "The guest's clipboard could not be fetched.",
                            closed ? "the connection is closed" : number != theirs ? "it has changed" : "no answer",
                            Remedy.advice("Copy the text again in the guest."),
                            null);
                }
                return provided.clone();
            }
        }
    }
}
