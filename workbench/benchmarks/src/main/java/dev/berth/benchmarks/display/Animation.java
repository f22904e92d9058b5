/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.benchmarks.display;

import java.awt.Frame;
import java.awt.Graphics;
import java.awt.Toolkit;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.concurrent.locks.LockSupport;

/** Draws 1920x1080 slopes that move, every pixel another in each of 60 frames a second, until killed. */
public final class Animation {

    private static final int WIDTH = 1920;
    private static final int HEIGHT = 1080;
    private static final int PICTURES = 8;

    private Animation() {}

    /** No arguments. */
    public static void main(String[] args) {
        BufferedImage[] pictures = new BufferedImage[PICTURES];
        for (int i = 0; i < PICTURES; i++) {
            pictures[i] = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            int[] pixels = ((DataBufferInt) pictures[i].getRaster().getDataBuffer()).getData();
            for (int at = 0; at < pixels.length; at++) {
                int x = at % WIDTH + 31 * i;
                int y = at / WIDTH + 17 * i;
                pixels[at] = (x & 255) << 16 | (y & 255) << 8 | x + y & 255;
            }
        }
        Frame frame = new Frame("animation");
        frame.setUndecorated(true);
        frame.setBounds(0, 0, WIDTH, HEIGHT);
        frame.setVisible(true);
        Graphics g = frame.getGraphics();
        long next = System.nanoTime();
        for (int i = 0; ; i++) {
            g.drawImage(pictures[i % PICTURES], 0, 0, null);
            Toolkit.getDefaultToolkit().sync();
            next += 1_000_000_000L / 60;
            long now = System.nanoTime();
            if (next > now) {
                LockSupport.parkNanos(next - now);
            } else {
                next = now;
            }
        }
    }
}
