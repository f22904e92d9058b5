/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.FrameBuffer.Picture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {

    private static Picture noise(int width, int height, long seed) {
        Random random = new Random(seed);
        int[] pixels = random.ints((long) width * height, 0, 1 << 24).toArray();
        return new Picture(width, height, pixels);
    }

    private static Picture part(Picture whole, int x, int y, int width, int height) {
        int[] pixels = new int[width * height];
        for (int row = 0; row < height; row++) {
            System.arraycopy(whole.pixels(), (y + row) * whole.width() + x, pixels, row * width, width);
        }
        return new Picture(width, height, pixels);
    }

    @Test
    void aWrittenPictureIsReadBackByAnotherReader(@TempDir Path folder) throws Exception {
        Picture picture = noise(61, 17, 1);
        Path file = folder.resolve("a.png");
        Png.write(picture, file);
        Picture read = Png.read(file);
        assertThat(read.width()).isEqualTo(61);
        assertThat(read.height()).isEqualTo(17);
        for (int i = 0; i < picture.pixels().length; i++) {
            assertThat(read.pixels()[i] & 0xff_ffff).isEqualTo(picture.pixels()[i]);
        }
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("a.png"));
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aPictureIsFoundWhereItIs() throws Exception {
        Picture screen = noise(50, 40, 2);
        assertThat(Eyes.find(screen, part(screen, 13, 9, 8, 6), 0)).contains(new Eyes.Place(13, 9));
        assertThat(Eyes.find(screen, part(screen, 42, 34, 8, 6), 0)).contains(new Eyes.Place(42, 34));
        assertThat(Eyes.find(screen, noise(8, 6, 3), 10)).isEmpty();
        assertThat(Eyes.find(screen, noise(51, 6, 3), 255)).isEmpty();
    }

    @Test
    void coloursMayBeOffByTheTolerance() throws Exception {
        Picture screen = new Picture(2, 1, new int[] {0x102030, 0x506070});
        Picture wanted = new Picture(1, 1, new int[] {0x525e71});
        assertThat(Eyes.find(screen, wanted, 2)).contains(new Eyes.Place(1, 0));
        assertThat(Eyes.find(screen, wanted, 1)).isEmpty();
    }

    @Test
    void anEmptyScreenIsNotDrawn() {
        assertThat(Eyes.isDrawn(new Picture(640, 480, new int[640 * 480]))).isFalse();
        assertThat(Eyes.isDrawn(noise(640, 480, 4))).isTrue();
    }

    @Test
    void aStillPictureIsStableAndABusyOneIsNot() throws Exception {
        FrameBuffer frame = new FrameBuffer();
        frame.resize(4, 4);
        Eyes eyes = new Eyes(frame);
        assertThat(eyes.awaitStable(Duration.ofMillis(50), Duration.ofSeconds(20)))
                .isTrue();
        Thread painter = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                frame.damage(0, 0, 1, 1);
                frame.publish();
                Thread.onSpinWait();
            }
        });
        painter.start();
        try {
            assertThat(eyes.awaitStable(Duration.ofMillis(500), Duration.ofMillis(900)))
                    .isFalse();
        } finally {
            painter.interrupt();
            painter.join();
        }
    }
}
