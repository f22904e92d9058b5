/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tight (encoding 7) and TightPNG (-260): one colour, JPEG, PNG, or pixels through a filter and one of four zlib streams. What is worth it goes to the workers: the
 * pictures in any order, each stream in its own.
 */
final class TightDecoder implements RectangleDecoder {

    private static final int STREAMS = 4;
    private static final int FILL = 8;
    private static final int JPEG = 9;
    /** In place of streams, where TightPNG was asked for. */
    private static final int PNG = 10;

    private static final int EXPLICIT_FILTER = 4;
    /** Shorter data are not compressed. */
    private static final int MIN_TO_COMPRESS = 12;

    /** Pixels of a picture, and bytes behind a stream, below which handing over costs more than it gains. */
    private static final int WORTH_PIXELS = 12_288;

    private static final int WORTH_BYTES = 32 << 10;

    private final PixelFormat format;
    private final int size;
    private final @Nullable Workers workers;
    private final PictureDecoder[] jpegs;
    private final PictureDecoder png = ImageIoPicture.png();
    private final TightStream[] streams = new TightStream[STREAMS];
    /** The reader's own, for rectangles too small for a stream, while the streams may be at work. */
    private final TightStream plain;

    private final byte[] palette = new byte[256 * 4];
    private final Frame frame;
    private final Task.Decoder asTask = this::run;

    TightDecoder(PixelFormat format, Frame frame, Supplier<PictureDecoder> jpeg, @Nullable Workers workers) {
        this.format = format;
        this.frame = frame;
        this.size = format.tightSize();
        this.workers = workers;
        this.plain = new TightStream(format);
        jpegs = new PictureDecoder[workers == null ? 1 : workers.runners()];
        for (int i = 0; i < jpegs.length; i++) {
            jpegs[i] = jpeg.get();
        }
        for (int i = 0; i < STREAMS; i++) {
            streams[i] = new TightStream(format);
        }
    }

    @Override
    public void decode(RfbInput in, Frame same, int x, int y, int w, int h) throws IOException {
        int control = in.u8();
        reset(control & 15);
        int kind = control >> 4;
        if (kind == FILL) {
            in.require(size);
            frame.fill(x, y, w, h, format.tightPixel(in.array(), in.position()));
            in.skip(size);
        } else if (kind == JPEG) {
            jpeg(in, x, y, w, h);
        } else if (kind == PNG) {
            int length = compactLength(in);
            in.require(length);
            png.decode(in.array(), in.position(), length, frame, x, y, w, h, format.redLow());
            in.skip(length);
        } else if (kind < FILL) {
            int filter = (kind & EXPLICIT_FILTER) != 0 ? in.u8() : TightStream.FILTER_COPY;
            basic(in, kind & 3, filter, x, y, w, h);
        } else {
            throw new RfbException("a Tight rectangle of unknown kind " + kind);
        }
    }

    private void reset(int which) throws IOException {
        if (which != 0 && workers != null) {
            workers.finish();
        }
        for (int i = 0; i < STREAMS; i++) {
            if ((which >> i & 1) != 0) {
                streams[i].reset();
            }
        }
    }

    private void jpeg(RfbInput in, int x, int y, int w, int h) throws IOException {
        int length = compactLength(in);
        if (workers != null && w * h >= WORTH_PIXELS && length <= Workers.MAX_BYTES) {
            Task task = workers.next();
            task.set(asTask, Workers.NO_LANE, x, y, w, h);
            in.bytes(task.room(length), 0, length);
            workers.submit(task);
            return;
        }
        in.require(length);
        jpegs[0].decode(in.array(), in.position(), length, frame, x, y, w, h, format.redLow());
        in.skip(length);
    }

    private void basic(RfbInput in, int number, int filter, int x, int y, int w, int h) throws IOException {
        int colours = 0;
        if (filter == TightStream.FILTER_PALETTE) {
            colours = in.u8() + 1;
            in.bytes(palette, 0, colours * size);
        } else if (filter != TightStream.FILTER_COPY && filter != TightStream.FILTER_GRADIENT) {
            throw new RfbException("an unknown Tight filter " + filter);
        }
        long total = (long) TightStream.rowBytes(filter, colours, size, w) * h;
        if (total < MIN_TO_COMPRESS) {
            plain.palette(palette, colours);
            plain.plain(in, filter, colours, frame, x, y, w, h);
            return;
        }
        int length = compactLength(in);
        if (workers != null && (total >= WORTH_BYTES || workers.busy(number))) {
            if (length <= Workers.MAX_BYTES) {
                Task task = workers.next();
                task.set(asTask, number, x, y, w, h);
                task.filter = filter;
                task.colours = colours;
                byte[] room = task.room(colours * size + length);
                System.arraycopy(palette, 0, room, 0, colours * size);
                in.bytes(room, colours * size, length);
                workers.submit(task);
                return;
            }
            workers.finish();
        }
        streams[number].palette(palette, colours);
        streams[number].inflate(in, length, filter, colours, frame, x, y, w, h);
    }

    private void run(Task task, RfbInput in, int runner) throws IOException {
        if (task.lane == Workers.NO_LANE) {
            jpegs[runner].decode(in.array(), 0, task.length(), frame, task.x, task.y, task.w, task.h, format.redLow());
            return;
        }
        TightStream stream = streams[task.lane];
        int head = task.colours * size;
        stream.palette(in.array(), task.colours);
        in.skip(head);
        stream.inflate(in, task.length() - head, task.filter, task.colours, frame, task.x, task.y, task.w, task.h);
    }

    /** A length of up to 22 bits, seven or eight a byte. */
    private static int compactLength(RfbInput in) throws IOException {
        int b = in.u8();
        int length = b & 0x7f;
        if (b >= 0x80) {
            b = in.u8();
            length |= (b & 0x7f) << 7;
            if (b >= 0x80) {
                length |= in.u8() << 14;
            }
        }
        return length;
    }

    @Override
    public void close() {
        for (TightStream stream : streams) {
            stream.close();
        }
        plain.close();
        for (PictureDecoder jpeg : jpegs) {
            jpeg.close();
        }
    }
}
