/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.plugin.display.rfb.internal.decode.CursorDecoder;
import dev.berth.plugin.display.rfb.internal.decode.Frame;
import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import dev.berth.plugin.display.rfb.internal.decode.RectangleDecoders;
import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;

/** Reads the messages of a server (RFC 6143, 7.6) and their extensions. One thread. */
public final class ServerReader implements AutoCloseable {

    /** The widest and highest picture. */
    public static final int MAX_SIDE = 16_384;

    /** The largest picture: 8192 by 8192, more than eight screens of 4K. What is claimed beyond that costs no memory. */
    public static final int MAX_PIXELS = 1 << 26;

    static final int MAX_CLIPBOARD = 16 << 20;
    private static final int MAX_NAME = 64 << 10;
    private static final int SCREEN = 16;

    private final RfbInput in;
    private final Frame frame;
    private final ServerEvents events;
    private final RectangleDecoders decoders;
    private final CursorDecoder cursors;
    private final byte[] fence = new byte[64];
    private boolean lastRectangle;
    private volatile boolean stopped;

    /** Reads from behind ServerInit. */
    public ServerReader(RfbInput in, PixelFormat format, Frame frame, ServerEvents events, RectangleDecoders decoders) {
        this.in = in;
        this.frame = frame;
        this.events = events;
        this.decoders = decoders;
        this.cursors = new CursorDecoder(format);
    }

    /** Refuses sizes of no picture. */
    public static void checkSize(int width, int height) throws RfbException {
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw new RfbException("a picture of " + width + "x" + height + "; 1 to " + MAX_SIDE + " make sense");
        }
        if (width * height > MAX_PIXELS) {
            throw new RfbException("a picture of " + width + "x" + height + ", more than " + MAX_PIXELS + " pixels");
        }
    }

    /** Ends the reading at the next rectangle or message, even when much of what was received is still to be decoded. Any thread. */
    void stop() {
        stopped = true;
    }

    private void checkStopped() throws IOException {
        if (stopped) {
            throw new ClosedChannelException();
        }
    }

    /** Reads one message. */
    public void message() throws IOException {
        checkStopped();
        int type = in.u8();
        switch (type) {
            case 0 -> update();
            case 1 -> {
                // A colour map concerns nobody who asked for true colour.
                in.skip(3);
                in.skip(6L * in.u16());
            }
            case 2 -> events.bell();
            case 3 -> cutText();
            case 150 -> events.continuousUpdatesEnded();
            case 248 -> fence();
            default -> throw new RfbException("an unknown message " + type);
        }
    }

    private void update() throws IOException {
        in.skip(1);
        int count = in.u16();
        events.updateBegins();
        lastRectangle = false;
        for (int i = 0; i < count && !lastRectangle; i++) {
            checkStopped();
            in.require(12);
            int x = in.u16();
            int y = in.u16();
            int w = in.u16();
            int h = in.u16();
            int encoding = in.s32();
            if (RectangleDecoders.knows(encoding)) {
                decoders.decode(encoding, in, frame, x, y, w, h);
                events.damaged(x, y, w, h);
            } else {
                pseudo(encoding, x, y, w, h);
            }
        }
        decoders.finish();
        events.updateEnds();
    }

    private void pseudo(int encoding, int x, int y, int w, int h) throws IOException {
        switch (encoding) {
            case Encodings.LAST_RECT -> lastRectangle = true;
            case Encodings.CURSOR, Encodings.X_CURSOR, Encodings.CURSOR_WITH_ALPHA, Encodings.VMWARE_CURSOR ->
                events.cursor(cursors.decode(encoding, in, x, y, w, h));
            case Encodings.POINTER_POSITION -> events.pointerMoved(x, y);
            case Encodings.DESKTOP_SIZE -> resize(w, h);
            case Encodings.EXTENDED_DESKTOP_SIZE -> {
                int count = in.u8();
                in.skip(3);
                byte[] screens = in.bytes(count * SCREEN);
                // Reason 1 is the answer to us; anything but status 0 says no, and then the size is nothing to go by.
                if (x != 1 || y == 0) {
                    resize(w, h);
                }
                events.screens(x, y, screens);
            }
            case Encodings.DESKTOP_NAME -> events.named(name(in));
            case Encodings.QEMU_LIGHTS -> events.lights(in.u8());
            case Encodings.VMWARE_LIGHTS -> events.lights(vmwareLights(in.s32()));
            case Encodings.QEMU_KEYS, Encodings.EXTENDED_MOUSE_BUTTONS -> events.supports(encoding);
            default -> throw new RfbException("a rectangle in an encoding that was not asked for: " + encoding);
        }
    }

    private static int vmwareLights(int bits) {
        // There it is scroll, num, caps as well.
        return bits & 7;
    }

    private void resize(int width, int height) throws IOException {
        checkSize(width, height);
        if (width != frame.width() || height != frame.height()) {
            decoders.finish();
            events.resized(width, height);
        }
    }

    static String name(RfbInput in) throws IOException {
        String name = new String(in.bytes(in.length(MAX_NAME, "a name")), StandardCharsets.UTF_8);
        return name.substring(0, Math.min(name.length(), 1024)).replaceAll("\\p{Cntrl}", " ");
    }

    private void cutText() throws IOException {
        in.skip(3);
        int length = in.s32();
        if (length >= 0) {
            if (length > MAX_CLIPBOARD) {
                in.skip(length);
                return;
            }
            events.cutText(in.bytes(length));
            return;
        }
        if (length < -MAX_CLIPBOARD || length > -4) {
            throw new RfbException("a clipboard message of " + -(long) length + " bytes");
        }
        int flags = in.s32();
        events.extendedClipboard(flags, in.bytes(-length - 4));
    }

    private void fence() throws IOException {
        in.skip(3);
        int flags = in.s32();
        int length = in.u8();
        if (length > fence.length) {
            throw new RfbException("a fence of " + length + " bytes");
        }
        in.bytes(fence, 0, length);
        events.fence(flags, fence, length);
    }

    @Override
    public void close() {
        decoders.close();
    }
}
