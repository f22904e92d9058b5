/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.server;

import static dev.berth.plugin.share.ninep.internal.protocol.MessageType.HEADER;
import static dev.berth.plugin.share.ninep.internal.protocol.MessageType.TFLUSH;
import static dev.berth.plugin.share.ninep.internal.protocol.MessageType.TREAD;
import static dev.berth.plugin.share.ninep.internal.protocol.MessageType.TVERSION;
import static dev.berth.plugin.share.ninep.internal.protocol.MessageType.TWRITE;

import dev.berth.plugin.share.ninep.internal.protocol.MessageReader;
import dev.berth.plugin.share.ninep.internal.protocol.MessageType;
import dev.berth.plugin.share.ninep.internal.protocol.ReplyWriter;
import dev.berth.plugin.share.ninep.internal.protocol.Session;
import dev.berth.plugin.share.ninep.internal.volume.Errno;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection. One thread at a time leads: it reads requests and answers at once whatever takes
 * microseconds, so that the common request costs no change of threads. Before something slow it hands the lead to
 * another thread and then does the slow thing itself.
 */
final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** What is accepted before a size was agreed on. */
    private static final int FIRST_MESSAGE = 8192;

    private static final int SMALLEST_MESSAGE = 512;
    private static final byte[] DIALECT = "9P2000.L".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final Session session;
    private final NinepServer server;
    private final BufferPool pool;
    private final InFlight inFlight = new InFlight();
    private final Arrivals arrivals = new Arrivals();
    private final Object writing = new Object();

    // The next are the leader's.
    private final MessageReader reader = new MessageReader();
    private final ReplyWriter writer = new ReplyWriter();
    private ByteBuffer in;
    private int start;
    private int end;
    private final ByteBuffer out;
    private int messageSize = FIRST_MESSAGE;
    private boolean versionKnown;

    Connection(SocketChannel channel, Session session, NinepServer server) {
        this.channel = channel;
        this.session = session;
        this.server = server;
        this.pool = server.buffers();
        this.in = pool.take(BufferPool.SMALL_DATA);
        this.out = pool.take(BufferPool.SMALL_DATA);
    }

    /** Reads and answers until the connection ends or another thread leads. */
    void lead() {
        try {
            while (receive()) {
                int size = in.getInt(start);
                int type = Byte.toUnsignedInt(in.get(start + 4));
                int tag = Short.toUnsignedInt(in.getShort(start + 5));
                server.counters().count(type);
                if (!answer(type, tag, size)) {
                    return;
                }
                start += size;
            }
        } catch (IOException e) {
            LOG.debug("9P connection broke", e);
        } catch (RuntimeException e) {
            LOG.warn("9P connection failed", e);
        }
        finish();
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("closing a 9P connection", e);
        }
    }

    private void finish() {
        close();
        inFlight.awaitNone();
        session.reset();
        pool.give(in);
        pool.give(out);
        server.ended(this);
    }

    /** Reads until a whole message lies at {@code start}; false at the end of the stream or of the client's manners. */
    private boolean receive() throws IOException {
        while (true) {
            int have = end - start;
            int size = have >= 4 ? in.getInt(start) : HEADER;
            if (size < HEADER || size > messageSize) {
                LOG.warn("9P client sent a message of {} bytes; hanging up", Integer.toUnsignedLong(size));
                return false;
            }
            if (have >= 4 && have >= size) {
                return true;
            }
            flush();
            makeRoom(size);
            in.limit(in.capacity() > BufferPool.LARGEST_MESSAGE ? start + size : in.capacity())
                    .position(end);
            if (arrivals.read(channel, in, inFlight.isEmpty()) < 0) {
                return false;
            }
            end = in.position();
            in.clear();
        }
    }

    /** Moves what was read to the beginning of a buffer that takes a message of this size. */
    private void makeRoom(int size) {
        if (start == end) {
            start = 0;
            end = 0;
        }
        boolean large = in.capacity() > BufferPool.LARGEST_MESSAGE;
        boolean needLarge = size > BufferPool.SMALL_DATA + 512;
        if (large != needLarge) {
            ByteBuffer other = pool.take(size);
            other.put(0, in, start, end - start);
            pool.give(in);
            in = other;
            end -= start;
            start = 0;
        } else if (start > 0 && start + size > in.capacity()) {
            in.put(0, in.duplicate(), start, end - start);
            end -= start;
            start = 0;
        }
    }

    private boolean isPipelined(int size) {
        int rest = end - start - size;
        return rest >= 4 && rest >= in.getInt(start + size);
    }

    /** Answers the message at {@code start}; false if another thread leads now, and this one is done. */
    private boolean answer(int type, int tag, int size) throws IOException {
        if (type == TVERSION) {
            version(tag, size);
            return true;
        }
        if (!versionKnown) {
            throw new IOException("a request before the version was agreed on");
        }
        if (type == TFLUSH) {
            flushRequest(tag, size);
            return true;
        }
        if (inFlight.has(tag)) {
            fail(tag, Errno.EINVAL);
            return true;
        }
        if (type == TREAD && answersRead(tag, size)) {
            return true;
        }
        if (type == TREAD || isSlow(type, size)) {
            if (handOver(type, tag, size)) {
                return false;
            }
            answerApart(type, tag, size);
            return true;
        }
        answerNow(type, tag, size);
        return true;
    }

    /** Answers a read that is short and whose data is at hand; false if it is neither answered nor refused. */
    private boolean answersRead(int tag, int size) throws IOException {
        if (size != HEADER + 16) {
            fail(tag, Errno.EPROTO);
            return true;
        }
        int count = in.getInt(start + HEADER + 12);
        if (count < 0 || count > BufferPool.SMALL_DATA) {
            return false;
        }
        room(count + 64);
        reader.reset(in, start, start + size);
        return session.answerCachedRead(reader, writer.begin(out, TREAD + 1, tag, messageSize));
    }

    private boolean isSlow(int type, int size) {
        if (type == TWRITE) {
            return size > BufferPool.SMALL_DATA + 64
                    || (size >= HEADER + 4 && session.writesSlowly(in.getInt(start + HEADER)));
        }
        return MessageType.isSlow(type, in, start, size, isPipelined(size));
    }

    private void answerNow(int type, int tag, int size) throws IOException {
        room(FIRST_MESSAGE);
        if (type == MessageType.TREADDIR) {
            flush();
        }
        session.answer(type, reader.reset(in, start, start + size), writer.begin(out, type + 1, tag, messageSize));
    }

    /** Answers what may be too long for the leader's buffer. */
    private void answerApart(int type, int tag, int size) throws IOException {
        flush();
        ByteBuffer reply = pool.take(Math.min(replySize(type, size), messageSize));
        try {
            session.answer(
                    type, reader.reset(in, start, start + size), writer.begin(reply, type + 1, tag, messageSize));
            send(reply.flip());
        } finally {
            pool.give(reply);
        }
    }

    /** Gives the lead away and answers on this thread; false, and nothing happened, if no thread is to be had. */
    private boolean handOver(int type, int tag, int size) throws IOException {
        flush();
        if (!server.mayHandOver()) {
            return false;
        }
        InFlight.Request request = inFlight.begin(tag);
        int replySize = Math.min(replySize(type, size), messageSize);
        ByteBuffer message;
        int at;
        if (in.capacity() > BufferPool.LARGEST_MESSAGE) {
            // Read exactly to its end: the buffer goes with the message, and nothing has to be copied.
            message = in;
            at = start;
            in = pool.take(BufferPool.SMALL_DATA);
            start = 0;
            end = 0;
        } else {
            message = pool.take(size);
            at = 0;
            message.put(0, in, start, size);
            start += size;
        }
        boolean led = server.lead(this);
        work(request, type, message, at, size, replySize);
        if (!led) {
            finish();
        }
        return true;
    }

    private int replySize(int type, int size) {
        if ((type == TREAD || type == MessageType.TREADDIR) && size == HEADER + 16) {
            int count = in.getInt(start + HEADER + 12);
            return count < 0 || count > BufferPool.SMALL_DATA ? BufferPool.LARGEST_MESSAGE : BufferPool.SMALL_DATA;
        }
        return FIRST_MESSAGE;
    }

    private void work(InFlight.Request request, int type, ByteBuffer message, int at, int size, int replySize) {
        ByteBuffer reply = pool.take(replySize);
        try {
            session.answer(
                    type,
                    new MessageReader().reset(message, at, at + size),
                    new ReplyWriter().begin(reply, type + 1, request.tag, messageSize));
            inFlight.answering(request);
            send(reply.flip());
        } catch (IOException e) {
            LOG.debug("9P reply could not be sent", e);
            close();
        } finally {
            pool.give(message);
            pool.give(reply);
            for (int flush : inFlight.end(request)) {
                sendFlushed(flush);
            }
            server.handedOverDone();
        }
    }

    private void sendFlushed(int tag) {
        ByteBuffer reply = pool.take(HEADER);
        new ReplyWriter().begin(reply, TFLUSH + 1, tag, SMALLEST_MESSAGE).finish();
        try {
            send(reply.flip());
        } catch (IOException e) {
            LOG.debug("9P reply could not be sent", e);
            close();
        } finally {
            pool.give(reply);
        }
    }

    private void flushRequest(int tag, int size) throws IOException {
        if (size != HEADER + 2) {
            fail(tag, Errno.EPROTO);
            return;
        }
        int oldTag = Short.toUnsignedInt(in.getShort(start + HEADER));
        if (!inFlight.flush(oldTag, tag)) {
            room(HEADER);
            writer.begin(out, TFLUSH + 1, tag, messageSize).finish();
        }
    }

    private void version(int tag, int size) throws IOException {
        room(64);
        flush();
        inFlight.awaitNone();
        session.reset();
        int asked = size >= HEADER + 6 ? in.getInt(start + HEADER) : 0;
        int length = size >= HEADER + 6 ? Short.toUnsignedInt(in.getShort(start + HEADER + 4)) : 0;
        if (length != size - HEADER - 6) {
            fail(tag, Errno.EPROTO);
            return;
        }
        byte[] dialect = new byte[length];
        in.get(start + HEADER + 6, dialect);
        boolean spoken = Arrays.equals(dialect, DIALECT);
        int agreed = asked < 0 ? BufferPool.LARGEST_MESSAGE : Math.min(asked, BufferPool.LARGEST_MESSAGE);
        versionKnown = spoken && agreed >= SMALLEST_MESSAGE;
        byte[] answer = versionKnown ? DIALECT : "unknown".getBytes(StandardCharsets.US_ASCII);
        out.putInt(HEADER + 6 + answer.length).put((byte) (TVERSION + 1)).putShort((short) tag);
        out.putInt(Math.max(agreed, SMALLEST_MESSAGE))
                .putShort((short) answer.length)
                .put(answer);
        messageSize = versionKnown ? agreed : FIRST_MESSAGE;
    }

    private void fail(int tag, int errno) throws IOException {
        room(64);
        writer.begin(out, MessageType.RLERROR, tag, messageSize).fail(errno);
        writer.finish();
    }

    /** Makes sure that so much more fits into what is to be sent. */
    private void room(int size) throws IOException {
        if (out.remaining() < size) {
            flush();
        }
    }

    /** Sends the answers of the leader that were kept back to go out together. */
    private void flush() throws IOException {
        if (out.position() > 0) {
            send(out.flip());
            out.clear();
        }
    }

    private void send(ByteBuffer reply) throws IOException {
        synchronized (writing) {
            while (reply.hasRemaining()) {
                if (channel.write(reply) == 0) {
                    // The answer to a flush, while the leader has just begun not to block; it soon will again.
                    Thread.onSpinWait();
                }
            }
        }
    }
}
