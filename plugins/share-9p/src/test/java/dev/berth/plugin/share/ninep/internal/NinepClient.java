/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that sends whatever it is told to, well-formed or not, and reads the replies in order. */
final class NinepClient implements AutoCloseable {

    static final int ROOT = 0;
    static final int ERROR = 7;

    /** A reply: its type, its tag and what follows them. */
    record Reply(int type, int tag, ByteBuffer body) {

        /** The error number, or 0 where it is none. */
        int errno() {
            return type == ERROR ? body.getInt(0) : 0;
        }
    }

    private final SocketChannel channel;
    private final DataInputStream in;

    NinepClient(SocketAddress address) throws IOException {
        channel = SocketChannel.open(address);
        in = new DataInputStream(Channels.newInputStream(channel));
    }

    /** A client that has agreed on a version and attached fid 0. */
    static NinepClient attached(SocketAddress address) throws IOException {
        NinepClient client = new NinepClient(address);
        client.version(1 << 20, "9P2000.L");
        check(client.attach(ROOT, "any"));
        return client;
    }

    static Reply check(Reply reply) {
        if (reply.type() == ERROR) {
            throw new AssertionError("errno " + reply.errno());
        }
        return reply;
    }

    Reply version(int messageSize, String dialect) throws IOException {
        return call(100, 0xffff, fields(messageSize, dialect));
    }

    Reply attach(int fid, String name) throws IOException {
        return call(104, 1, fields(fid, -1, "root", name, 0));
    }

    Reply walk(int fid, int newFid, String... names) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(fields(fid, newFid, (short) names.length));
        for (String name : names) {
            all.writeBytes(fields(name));
        }
        return call(110, 1, all.toByteArray());
    }

    Reply open(int fid, int flags) throws IOException {
        return call(12, 1, fields(fid, flags));
    }

    Reply create(int fid, String name, int flags, int mode) throws IOException {
        return call(14, 1, fields(fid, name, flags, mode, 0));
    }

    Reply read(int fid, long offset, int count) throws IOException {
        return call(116, 1, fields(fid, offset, count));
    }

    String readText(int fid) throws IOException {
        Reply reply = check(read(fid, 0, 60_000));
        byte[] data = new byte[reply.body().getInt(0)];
        reply.body().get(4, data);
        return new String(data, StandardCharsets.UTF_8);
    }

    Reply write(int fid, long offset, byte[] data) throws IOException {
        return call(118, 1, fields(fid, offset, data.length, data));
    }

    Reply clunk(int fid) throws IOException {
        return call(120, 1, fields(fid));
    }

    Reply mkdir(int fid, String name) throws IOException {
        return call(72, 1, fields(fid, name, 0755, 0));
    }

    Reply symlink(int fid, String name, String target) throws IOException {
        return call(16, 1, fields(fid, name, target, 0));
    }

    Reply unlink(int fid, String name, int flags) throws IOException {
        return call(76, 1, fields(fid, name, flags));
    }

    Reply rename(int from, String name, int to, String newName) throws IOException {
        return call(74, 1, fields(from, name, to, newName));
    }

    Reply getattr(int fid) throws IOException {
        return call(24, 1, fields(fid, 0x7ffL));
    }

    /** The names in a folder that is open. */
    List<String> list(int fid, int count) throws IOException {
        List<String> names = new ArrayList<>();
        long cookie = 0;
        while (true) {
            ByteBuffer body = check(call(40, 1, fields(fid, cookie, count))).body();
            int end = 4 + body.getInt(0);
            if (end == 4) {
                return names;
            }
            for (int at = 4; at < end; ) {
                cookie = body.getLong(at + 13);
                byte[] name = new byte[body.getShort(at + 22)];
                body.get(at + 24, name);
                names.add(new String(name, StandardCharsets.UTF_8));
                at += 24 + name.length;
            }
        }
    }

    /** Integers, shorts, longs and bytes as they are, strings with their length. */
    static byte[] fields(Object... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer b = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        for (Object field : fields) {
            b.clear();
            if (field instanceof Integer value) {
                b.putInt(value);
            } else if (field instanceof Short value) {
                b.putShort(value);
            } else if (field instanceof Long value) {
                b.putLong(value);
            } else if (field instanceof Byte value) {
                b.put(value);
            } else if (field instanceof byte[] value) {
                out.writeBytes(value);
            } else {
                byte[] text = field.toString().getBytes(StandardCharsets.UTF_8);
                b.putShort((short) text.length);
                out.write(b.array(), 0, b.position());
                out.writeBytes(text);
                continue;
            }
            out.write(b.array(), 0, b.position());
        }
        return out.toByteArray();
    }

    Reply call(int type, int tag, byte[] body) throws IOException {
        send(type, tag, body);
        return receive();
    }

    void send(int type, int tag, byte[] body) throws IOException {
        sendRaw(frame(7 + body.length, type, tag, body));
    }

    static byte[] frame(int size, int type, int tag, byte[] body) {
        return ByteBuffer.allocate(7 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(size)
                .put((byte) type)
                .putShort((short) tag)
                .put(body)
                .array();
    }

    void sendRaw(byte[] bytes) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    Reply receive() throws IOException {
        byte[] header = new byte[7];
        in.readFully(header);
        ByteBuffer h = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        byte[] body = new byte[h.getInt(0) - 7];
        in.readFully(body);
        return new Reply(
                Byte.toUnsignedInt(header[4]),
                Short.toUnsignedInt(h.getShort(5)),
                ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Whether the server has hung up. */
    boolean isEnded() throws IOException {
        try {
            while (true) {
                receive();
            }
        } catch (EOFException e) {
            return true;
        }
    }

    /** Says that nothing more will be sent. */
    void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
