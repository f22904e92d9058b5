/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zlib stream that goes on from rectangle to rectangle. What comes out is bounded by what the caller asks for, so that a server
 * cannot make us inflate more than the rectangle it announced.
 *
 * <p>The stream's two bytes of head are looked at here and zlib gets what is behind them, so that it spends no time on a checksum that
 * stands at the end of a stream only, where no server ever comes to.
 */
final class ZlibStream implements AutoCloseable {

    private static final int FEED = 128 << 10;

    /** RFC 1950: deflate, and no preset dictionary. */
    private static final int METHOD = 8;

    private static final int DICTIONARY = 0x20;

    private final Inflater inflater = new Inflater(true);
    private final byte[] spare = new byte[1];
    private RfbInput in = new RfbInput(new byte[0], 0, 0);
    private int left;
    /** How many bytes of the head are still to come. */
    private int head = 2;

    private int first;

    /** Goes on with the next {@code compressed} bytes of the input; nobody else reads from it until {@link #end}. */
    void begin(RfbInput input, int compressed) throws IOException {
        in = input;
        left = compressed;
        if (compressed > 0) {
            feed();
        }
    }

    private void feed() throws IOException {
        while (head > 0 && left > 0) {
            head(in.u8());
            left--;
        }
        int n = Math.min(left, FEED);
        in.require(n);
        inflater.setInput(in.array(), in.position(), n);
        in.skip(n);
        left -= n;
    }

    private void head(int b) throws RfbException {
        if (head == 2) {
            first = b;
        } else if ((first & 15) != METHOD || (first << 8 | b) % 31 != 0 || (b & DICTIONARY) != 0) {
            throw new RfbException("broken zlib data: not the head of a stream");
        }
        head--;
    }

    /** Inflates up to {@code count} bytes; fewer only when the rectangle's data are used up. */
    int read(byte[] to, int offset, int count) throws IOException {
        int done = 0;
        try {
            while (done < count) {
                int n = inflater.inflate(to, offset + done, count - done);
                done += n;
                if (done == count) {
                    break;
                }
                // zlib stops short of a full buffer only when it has eaten all of its input.
                if (n == 0 && inflater.finished()) {
                    throw new RfbException("the zlib stream ends inside a rectangle");
                }
                if (left == 0) {
                    break;
                }
                feed();
            }
        } catch (DataFormatException e) {
            throw new RfbException("broken zlib data: " + e.getMessage());
        }
        return done;
    }

    /** Inflates exactly {@code count} bytes; with {@code last} there must be no more. The array needs a byte to spare then. */
    void readFully(byte[] to, int offset, int count, boolean last) throws IOException {
        int n = read(to, offset, last ? count + 1 : count);
        if (n != count) {
            throw new RfbException(n < count ? "too few pixels in a rectangle" : "too many pixels in a rectangle");
        }
    }

    /** Takes in what is left of the rectangle's data; no more may come out of it. */
    void end() throws IOException {
        if (read(spare, 0, 1) != 0) {
            throw new RfbException("too many pixels in a rectangle");
        }
    }

    /** Starts afresh, as Tight can ask for. */
    void reset() {
        inflater.reset();
        head = 2;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
