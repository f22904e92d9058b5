/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The decoders of one connection, by encoding, made when first needed. One thread at a time calls this; it has helpers for what can be
 * decoded side by side, so pixels are only sure to be there after {@link #finish}.
 */
public final class RectangleDecoders implements AutoCloseable {

    /** One more than the highest number that is counted. */
    public static final int MOST = 22;

    /** Beyond a few, threads wait for the one that reads. */
    private static final int MAX_HELPERS = 3;

    private final PixelFormat format;
    private final Supplier<PictureDecoder> jpeg;
    private final @Nullable Workers workers;
    private final @Nullable RectangleDecoder[] decoders = new RectangleDecoder[MOST];
    private final long[] rectangles = new long[MOST];
    private final long[] pixels = new long[MOST];

    /** Decoders for a pixel format, with the fastest JPEG decoder on this machine and a helper for each further processor. */
    public RectangleDecoders(PixelFormat format) {
        this(format, true);
    }

    /**
     * @param nativeJpeg whether libjpeg-turbo may be used
     */
    public RectangleDecoders(PixelFormat format, boolean nativeJpeg) {
        this(format, nativeJpeg, Runtime.getRuntime().availableProcessors() - 1);
    }

    /**
     * @param nativeJpeg whether libjpeg-turbo may be used
     * @param helpers how many threads help the one that calls; 0 for none, and no more than a few
     */
    public RectangleDecoders(PixelFormat format, boolean nativeJpeg, int helpers) {
        this.format = format;
        this.jpeg = () -> nativeJpeg ? TurboJpeg.find().orElseGet(RectangleDecoders::javaJpeg) : javaJpeg();
        this.workers = helpers > 0 ? new Workers(Math.min(helpers, MAX_HELPERS)) : null;
    }

    private static PictureDecoder javaJpeg() {
        return new BaselineJpeg(ImageIoPicture.jpeg());
    }

    /** Whether this is an encoding of pixels that is known here. */
    public static boolean knows(int encoding) {
        return switch (encoding) {
            case Encodings.RAW,
                    Encodings.COPY_RECT,
                    Encodings.RRE,
                    Encodings.CORRE,
                    Encodings.HEXTILE,
                    Encodings.ZLIB,
                    Encodings.TIGHT,
                    Encodings.TIGHT_PNG,
                    Encodings.ZRLE,
                    Encodings.JPEG -> true;
            default -> false;
        };
    }

    /** Reads one rectangle of a known encoding; the frame is the same one in every call. */
    public void decode(int number, RfbInput in, Frame frame, int x, int y, int w, int h) throws IOException {
        // One has a picture format more than the other, and is counted with it.
        int encoding = number == Encodings.TIGHT_PNG ? Encodings.TIGHT : number;
        frame.check(x, y, w, h);
        if (workers != null) {
            if (encoding == Encodings.COPY_RECT) {
                // It reads elsewhere as well.
                workers.finish();
            }
            workers.settle(x, y, w, h);
        }
        RectangleDecoder decoder = decoders[encoding];
        if (decoder == null) {
            decoder = make(encoding, frame);
            decoders[encoding] = decoder;
        }
        decoder.decode(in, frame, x, y, w, h);
        rectangles[encoding]++;
        pixels[encoding] += (long) w * h;
    }

    /** Waits until every rectangle is decoded. To be called at the end of an update, and before the frame gets another size. */
    public void finish() throws IOException {
        if (workers != null) {
            workers.finish();
        }
    }

    private RectangleDecoder make(int encoding, Frame frame) {
        return switch (encoding) {
            case Encodings.RAW -> new RawDecoder(format);
            case Encodings.COPY_RECT -> new CopyRectDecoder();
            case Encodings.RRE -> new RreDecoder(format, false);
            case Encodings.CORRE -> new RreDecoder(format, true);
            case Encodings.HEXTILE -> new HextileDecoder(format);
            case Encodings.ZLIB -> new ZlibDecoder(format);
            case Encodings.TIGHT -> new TightDecoder(format, frame, jpeg, workers);
            case Encodings.ZRLE -> new ZrleDecoder(format);
            case Encodings.JPEG -> new JpegDecoder(jpeg.get(), format.redLow());
            default -> throw new IllegalArgumentException("unknown encoding " + encoding);
        };
    }

    /** How many rectangles came in an encoding. */
    public long rectangles(int encoding) {
        return encoding >= 0 && encoding < MOST ? rectangles[encoding] : 0;
    }

    /** How many pixels came in an encoding. */
    public long pixels(int encoding) {
        return encoding >= 0 && encoding < MOST ? pixels[encoding] : 0;
    }

    @Override
    public void close() {
        if (workers != null) {
            // First, as they use what is closed next.
            workers.close();
        }
        for (RectangleDecoder decoder : decoders) {
            if (decoder != null) {
                decoder.close();
            }
        }
    }
}
