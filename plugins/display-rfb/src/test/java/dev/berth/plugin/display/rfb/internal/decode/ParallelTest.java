/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import dev.berth.plugin.display.rfb.internal.wire.RfbException;
import dev.berth.plugin.display.rfb.internal.wire.RfbInput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several threads at one frame: the picture is what one thread makes of it. */
final class ParallelTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    private record Rectangle(int encoding, int x, int y, int w, int h, byte[] bytes) {}

    /** Rectangles of all kinds that lie over each other, in four streams that start afresh at times. */
    private static List<Rectangle> rectangles(Random random, int count) throws IOException {
        Encoder encoder = new Encoder(random);
        List<Rectangle> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int w = 1 + random.nextInt(i % 3 == 0 ? 300 : 90);
            int h = 1 + random.nextInt(i % 3 == 0 ? 200 : 90);
            int x = random.nextInt(WIDTH - w + 1);
            int y = random.nextInt(HEIGHT - h + 1);
            int kind = random.nextInt(10);
            if (kind == 0) {
                Encoder.Bytes bytes = new Encoder.Bytes();
                bytes.u16(random.nextInt(WIDTH - w + 1));
                bytes.u16(random.nextInt(HEIGHT - h + 1));
                all.add(new Rectangle(Encodings.COPY_RECT, x, y, w, h, bytes.toByteArray()));
                continue;
            }
            Encoder.Part part = new Encoder.Part(w, h, noise(random, w * h));
            if (kind == 1) {
                all.add(new Rectangle(Encodings.HEXTILE, x, y, w, h, encoder.hextile(part)));
            } else {
                byte[] bytes = kind < 6 ? encoder.tight(part) : jpeg(part);
                all.add(new Rectangle(Encodings.TIGHT, x, y, w, h, bytes));
            }
        }
        return all;
    }

    private static int[] noise(Random random, int count) {
        int[] rgb = new int[count];
        int colours = 1 + random.nextInt(400);
        for (int i = 0; i < count; i++) {
            rgb[i] = random.nextInt(colours) * 7919 & 0xffffff;
        }
        return rgb;
    }

    static byte[] jpeg(Encoder.Part part) throws IOException {
        BufferedImage image = new BufferedImage(part.w(), part.h(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, part.w(), part.h(), part.rgb(), 0, part.w());
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", packed);
        Encoder.Bytes out = new Encoder.Bytes();
        out.u8(0x90);
        Encoder.compactLength(out, packed.size());
        out.all(packed.toByteArray());
        return out.toByteArray();
    }

    private static Frame frame() {
        Frame frame = new Frame();
        frame.set(new int[WIDTH * HEIGHT], WIDTH, HEIGHT);
        return frame;
    }

    private static void decode(RectangleDecoders decoders, Frame frame, Rectangle r) throws IOException {
        RfbInput in = new RfbInput(r.bytes, 0, r.bytes.length);
        decoders.decode(r.encoding, in, frame, r.x, r.y, r.w, r.h);
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void decodesTheSameAsOneThread(int helpers) throws Exception {
        Random random = new Random(helpers);
        List<Rectangle> all = rectangles(random, 400);
        Frame one = frame();
        Frame several = frame();
        try (RectangleDecoders alone = new RectangleDecoders(PixelFormat.BERTH, true, 0);
                RectangleDecoders together = new RectangleDecoders(PixelFormat.BERTH, true, helpers)) {
            int done = 0;
            while (done < all.size()) {
                int end = Math.min(all.size(), done + 1 + random.nextInt(60));
                for (Rectangle r : all.subList(done, end)) {
                    decode(alone, one, r);
                    decode(together, several, r);
                }
                together.finish();
                assertThat(several.pixels()).as("after %d", end).isEqualTo(one.pixels());
                done = end;
            }
        }
        assertThat(helperThreads()).isEmpty();
    }

    @Test
    void tellsTheReaderWhatWentWrong() throws Exception {
        Encoder.Part part = new Encoder.Part(200, 100, noise(new Random(1), 200 * 100));
        byte[] broken = jpeg(part);
        // The size in the frame header is what the rectangle must have.
        Frame frame = frame();
        try (RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH, true, 2)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            decode(decoders, frame, new Rectangle(Encodings.TIGHT, 0, 0, 201, 100, broken));
                        }
                        decoders.finish();
                    })
                    .isInstanceOf(RfbException.class)
                    .hasMessageContaining("another size");
            assertThatThrownBy(decoders::finish).isInstanceOf(RfbException.class);
        }
        assertThat(helperThreads()).isEmpty();
    }

    @Test
    void closesWithWorkStillWaiting() throws Exception {
        List<Rectangle> all = rectangles(new Random(5), 30);
        Frame frame = frame();
        RectangleDecoders decoders = new RectangleDecoders(PixelFormat.BERTH, true, 2);
        for (Rectangle r : all) {
            decode(decoders, frame, r);
        }
        decoders.close();
        assertThat(helperThreads()).isEmpty();
        decoders.close();
        assertThatThrownBy(() -> {
                    decode(decoders, frame, all.get(0));
                    decoders.finish();
                })
                .isInstanceOf(Exception.class);
    }

    private static Set<String> helperThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("berth-rfb-decoder-"))
                .collect(Collectors.toSet());
    }
}
