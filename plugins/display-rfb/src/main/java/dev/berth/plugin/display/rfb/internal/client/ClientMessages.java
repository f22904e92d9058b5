/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import java.nio.ByteBuffer;
import java.util.List;

/** What a client says (RFC 6143, 7.5, and the extensions of the RFB community specification), as bytes. */
public final class ClientMessages {

    private static final int SET_PIXEL_FORMAT = 0;
    private static final int SET_ENCODINGS = 2;
    private static final int UPDATE_REQUEST = 3;
    private static final int KEY = 4;
    private static final int CUT_TEXT = 6;
    private static final int CONTINUOUS_UPDATES = 150;
    private static final int FENCE = 248;
    private static final int SET_DESKTOP_SIZE = 251;
    private static final int QEMU = 255;

    private ClientMessages() {}

    public static byte[] setPixelFormat(PixelFormat format) {
        return ByteBuffer.allocate(4 + PixelFormat.WIRE_SIZE)
                .put((byte) SET_PIXEL_FORMAT)
                .position(4)
                .put(format.toBytes())
                .array();
    }

    public static byte[] setEncodings(List<Integer> encodings) {
        ByteBuffer message = ByteBuffer.allocate(4 + 4 * encodings.size());
        message.put((byte) SET_ENCODINGS).put((byte) 0).putShort((short) encodings.size());
        encodings.forEach(message::putInt);
        return message.array();
    }

    public static byte[] updateRequest(boolean incremental, int width, int height) {
        return ByteBuffer.allocate(10)
                .put((byte) UPDATE_REQUEST)
                .put((byte) (incremental ? 1 : 0))
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .array();
    }

    static byte[] key(int keysym, boolean pressed) {
        return ByteBuffer.allocate(8)
                .put((byte) KEY)
                .put((byte) (pressed ? 1 : 0))
                .putShort((short) 0)
                .putInt(keysym)
                .array();
    }

    static byte[] extendedKey(int keysym, int scancode, boolean pressed) {
        return ByteBuffer.allocate(12)
                .put((byte) QEMU)
                .put((byte) 0)
                .putShort((short) (pressed ? 1 : 0))
                .putInt(keysym)
                .putInt(scancode)
                .array();
    }

    static byte[] cutText(byte[] latin1) {
        return ByteBuffer.allocate(8 + latin1.length)
                .put((byte) CUT_TEXT)
                .position(4)
                .putInt(latin1.length)
                .put(latin1)
                .array();
    }

    /** The extended clipboard: a negative length, flags, data. */
    static byte[] extendedClipboard(int flags, byte[] data) {
        return ByteBuffer.allocate(12 + data.length)
                .put((byte) CUT_TEXT)
                .position(4)
                .putInt(-(4 + data.length))
                .putInt(flags)
                .put(data)
                .array();
    }

    static byte[] continuousUpdates(boolean enable, int width, int height) {
        return ByteBuffer.allocate(10)
                .put((byte) CONTINUOUS_UPDATES)
                .put((byte) (enable ? 1 : 0))
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .array();
    }

    /** Writes a fence into an array that is used again and again; returns its length. */
    static int fence(byte[] into, int flags, byte[] payload, int length) {
        into[0] = (byte) FENCE;
        into[4] = (byte) (flags >> 24);
        into[5] = (byte) (flags >> 16);
        into[6] = (byte) (flags >> 8);
        into[7] = (byte) flags;
        into[8] = (byte) length;
        System.arraycopy(payload, 0, into, 9, length);
        return 9 + length;
    }

    /** One screen that fills the picture; the id and flags of the first that the server has are kept. */
    static byte[] setDesktopSize(int width, int height, byte[] screens) {
        ByteBuffer known = ByteBuffer.wrap(screens);
        int id = screens.length >= 16 ? known.getInt(0) : 0;
        int flags = screens.length >= 16 ? known.getInt(12) : 0;
        return ByteBuffer.allocate(24)
                .put((byte) SET_DESKTOP_SIZE)
                .put((byte) 0)
                .putShort((short) width)
                .putShort((short) height)
                .put((byte) 1)
                .put((byte) 0)
                .putInt(id)
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .putInt(flags)
                .array();
    }
}
