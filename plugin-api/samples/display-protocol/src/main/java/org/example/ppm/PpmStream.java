package org.example.ppm;

import dev.berth.api.display.FrameSink;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;

/** Reads pictures into a frame. What the server says of itself is checked before it is believed. */
final class PpmStream {

    private static final int LARGEST = 16_384;

    private final DataInputStream in;
    private final FrameSink sink;
    private int[] pixels = {};
    private byte[] row = {};
    private int width;
    private int height;
    volatile long updates;
    volatile long bytes;

    PpmStream(ReadableByteChannel channel, FrameSink sink) {
        in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
        this.sink = sink;
    }

    /** Reads one picture and publishes it. */
    void picture() throws IOException {
        if (in.readUnsignedByte() != 'P' || in.readUnsignedByte() != '6') {
            throw new IOException("not a PPM picture");
        }
        int newWidth = number(LARGEST);
        int newHeight = number(LARGEST);
        if (number(255) != 255) {
            throw new IOException("only pictures of 8 bits a channel are understood");
        }
        if (newWidth != width || newHeight != height) {
            width = newWidth;
            height = newHeight;
            pixels = sink.resize(width, height);
            row = new byte[width * 3];
        }
        for (int y = 0, p = 0; y < height; y++) {
            in.readFully(row);
            for (int x = 0; x < row.length; x += 3) {
                pixels[p++] = (row[x] & 0xff) << 16 | (row[x + 1] & 0xff) << 8 | row[x + 2] & 0xff;
            }
        }
        sink.damage(0, 0, width, height);
        sink.publish();
        updates++;
        bytes += 3L * width * height;
    }

    /** A number of the header, and the one space after it; comments run to the end of their line. */
    private int number(int most) throws IOException {
        int c = in.readUnsignedByte();
        while (c == '#' || Character.isWhitespace(c)) {
            while (c == '#' && in.readUnsignedByte() != '\n') {
                // A comment.
            }
            c = in.readUnsignedByte();
        }
        int number = 0;
        while (c >= '0' && c <= '9' && number <= most) {
            number = number * 10 + c - '0';
            c = in.read();
            if (c < 0) {
                throw new EOFException();
            }
        }
        if (number < 1 || number > most || !Character.isWhitespace(c)) {
            throw new IOException("a damaged header");
        }
        return number;
    }
}
