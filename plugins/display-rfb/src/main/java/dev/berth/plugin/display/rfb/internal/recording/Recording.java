/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.recording;

import dev.berth.plugin.display.rfb.internal.client.ServerEvents;
import dev.berth.plugin.display.rfb.internal.client.ServerReader;
import dev.berth.plugin.display.rfb.internal.decode.Frame;
import dev.berth.plugin.display.rfb.internal.decode.PixelFormat;
import dev.berth.plugin.display.rfb.internal.decode.RectangleDecoders;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Decodes a recording as fast as it can. One thread at a time. */
public final class Recording implements AutoCloseable {

    private final ReadableByteChannel channel;
    private final RfbInput in;
    private final Frame frame = new Frame();
    private final RectangleDecoders decoders;
    private final ServerReader reader;
    private final boolean redLow;
    private long updates;

    /**
     * Opens a file and reads its ServerInit.
     *
     * @param nativeJpeg whether libjpeg-turbo may be used
     * @param helpers how many threads help the one that calls
     */
    public Recording(Path file, boolean nativeJpeg, int helpers) throws IOException {
        this(FileChannel.open(file, StandardOpenOption.READ), nativeJpeg, helpers);
    }

    /** Reads ServerInit; closes the channel in the end. */
    public Recording(ReadableByteChannel channel, boolean nativeJpeg, int helpers) throws IOException {
        this.channel = channel;
        this.in = new RfbInput(channel);
        int width = in.u16();
        int height = in.u16();
        ServerReader.checkSize(width, height);
        PixelFormat format = PixelFormat.read(in).asStored();
        in.skip(in.length(1 << 16, "a name"));
        this.redLow = format.redLow();
        this.decoders = new RectangleDecoders(format, nativeJpeg, helpers);
        frame.set(new int[width * height], width, height);
        this.reader = new ServerReader(in, format, frame, new Events(), decoders);
    }

    /** Decodes the next message; false at the end. */
    public boolean next() throws IOException {
        if (in.available() == 0) {
            try {
                in.require(1);
            } catch (EOFException e) {
                return false;
            }
        }
        reader.message();
        return true;
    }

    /** Decodes all that is left. */
    public void play() throws IOException {
        while (next()) {
            // next() does it all.
        }
    }

    /** Updates so far. */
    public long updates() {
        return updates;
    }

    /** Bytes read so far. */
    public long bytes() {
        return in.received();
    }

    /** What came in which encoding. */
    public RectangleDecoders decoders() {
        return decoders;
    }

    /** In pixels. */
    public int width() {
        return frame.width();
    }

    /** In pixels. */
    public int height() {
        return frame.height();
    }

    /** The picture as it is now, 0xRRGGBB. */
    public int[] picture() {
        int[] rgb = frame.pixels().clone();
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = redLow ? Integer.reverseBytes(rgb[i]) >>> 8 : rgb[i] & 0xffffff;
        }
        return rgb;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        channel.close();
    }

    private final class Events implements ServerEvents {
        @Override
        public void updateBegins() {}

        @Override
        public void damaged(int x, int y, int w, int h) {}

        @Override
        public void updateEnds() {
            updates++;
        }

        @Override
        public void resized(int width, int height) {
            frame.set(new int[width * height], width, height);
        }
    }
}
