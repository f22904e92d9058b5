/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.sessions.FrameBuffer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaintingTest {

    private final Random random = new Random(7);

    @Test
    void aPictureIsPaintedExactlyInTheMiddle() {
        FrameBuffer.Picture picture = noise(40, 30);
        PicturePainter painter = new PicturePainter();
        painter.picture(picture);
        BufferedImage image = paint(painter, ViewGeometry.actual(60, 50, 40, 30), 60, 50);
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0x102030);
        assertThat(image.getRGB(59, 49) & 0xffffff).isEqualTo(0x102030);
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                assertThat(image.getRGB(x + 10, y + 10) & 0xffffff).isEqualTo(picture.pixels()[y * 40 + x] & 0xffffff);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"75,50", "150,100", "33,22", "12,8", "99,66"})
    void updatingPartsGivesTheSameAsScalingAnew(int width, int height) {
        int[] source = noise(100, 66).pixels();
        ViewGeometry geometry = new ViewGeometry(0, 0, width, height, 100, 66);
        Scaler parts = new Scaler(100, 66, width, height);
        Rectangle all = new Rectangle(100, 66);
        parts.update(source, all, geometry.toView(all));
        for (int i = 0; i < 50; i++) {
            Rectangle part = new Rectangle(
                    random.nextInt(90), random.nextInt(60), 1 + random.nextInt(10), 1 + random.nextInt(6));
            for (int y = part.y; y < part.y + part.height; y++) {
                Arrays.fill(source, y * 100 + part.x, y * 100 + part.x + part.width, random.nextInt(0x1000000));
            }
            parts.update(source, part, geometry.toView(part));
        }
        Scaler anew = new Scaler(100, 66, width, height);
        anew.update(source, all, geometry.toView(all));
        assertThat(parts.pixels()).isEqualTo(anew.pixels());
    }

    @Test
    void aFlatColourStaysFlatAtAnySize() {
        int[] flat = new int[64 * 64];
        Arrays.fill(flat, 0xfe01a7);
        for (int side : new int[] {7, 20, 31, 64, 100, 200}) {
            Scaler scaler = new Scaler(64, 64, side, side);
            scaler.update(flat, new Rectangle(64, 64), new Rectangle(side, side));
            assertThat(scaler.pixels()).containsOnly(0xfe01a7);
        }
    }

    @Test
    void pointsGoToThePixelUnderThem() {
        ViewGeometry half = ViewGeometry.fit(500, 400, 1000, 600);
        assertThat(half.y()).isEqualTo(50);
        assertThat(half.pictureX(250)).isEqualTo(500);
        assertThat(half.pictureY(50)).isZero();
        assertThat(half.pictureY(0)).isZero();
        assertThat(half.pictureX(9999)).isEqualTo(999);
        assertThat(ViewGeometry.fit(1001, 601, 1000, 600).exact()).isTrue();
    }

    @Test
    void damageIsKeptInAFewRectanglesThatCoverAll() {
        DamageQueue queue = new DamageQueue();
        boolean[][] hurt = new boolean[500][500];
        int[] quads = new int[400];
        for (int i = 0; i < 100; i++) {
            int x = random.nextInt(480);
            int y = random.nextInt(480);
            quads[4 * i] = x;
            quads[4 * i + 1] = y;
            quads[4 * i + 2] = 20;
            quads[4 * i + 3] = 20;
            for (int v = y; v < y + 20; v++) {
                Arrays.fill(hurt[v], x, x + 20, true);
            }
        }
        assertThat(queue.add(quads, 50)).isTrue();
        assertThat(queue.add(Arrays.copyOfRange(quads, 200, 400), 50)).isFalse();
        List<Rectangle> taken = take(queue);
        assertThat(taken).hasSizeLessThanOrEqualTo(16);
        for (int y = 0; y < 500; y++) {
            for (int x = 0; x < 500; x++) {
                int px = x;
                int py = y;
                assertThat(!hurt[y][x] || taken.stream().anyMatch(r -> r.contains(px, py)))
                        .isTrue();
            }
        }
        assertThat(take(queue)).isEmpty();
        assertThat(queue.add(quads, 1)).isTrue();
    }

    @Test
    void paintingPartsGivesTheSameAsPaintingAll() {
        PicturePainter painter = new PicturePainter();
        painter.picture(noise(40, 30));
        for (ViewGeometry geometry : List.of(
                ViewGeometry.actual(60, 50, 40, 30),
                ViewGeometry.actual(35, 20, 40, 30),
                ViewGeometry.fit(60, 50, 40, 30))) {
            int width = geometry.width() == 40 && geometry.x() == 0 ? 35 : 60;
            int height = width == 35 ? 20 : 50;
            BufferedImage whole = paint(painter, geometry, width, height);
            BufferedImage parts = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = parts.createGraphics();
            for (int y = 0; y < height; y += 7) {
                for (int x = 0; x < width; x += 11) {
                    painter.paint(g, geometry, width, height, new Rectangle(x, y, 11, 7), new Color(0x102030));
                }
            }
            g.dispose();
            assertThat(PictureImage.pixels(parts)).isEqualTo(PictureImage.pixels(whole));
        }
    }

    private static List<Rectangle> take(DamageQueue queue) {
        int[] quads = new int[4 * DamageQueue.MAX_RECTANGLES];
        List<Rectangle> taken = new ArrayList<>();
        for (int i = 0, count = queue.take(quads); i < count; i++) {
            taken.add(new Rectangle(quads[4 * i], quads[4 * i + 1], quads[4 * i + 2], quads[4 * i + 3]));
        }
        return taken;
    }

    private static BufferedImage paint(PicturePainter painter, ViewGeometry geometry, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        painter.paint(g, geometry, width, height, new Rectangle(width, height), new Color(0x102030));
        g.dispose();
        return image;
    }

    private FrameBuffer.Picture noise(int width, int height) {
        return new FrameBuffer.Picture(
                width, height, random.ints((long) width * height, 0, 0x1000000).toArray());
    }
}
