/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.testkit.display.Picture;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Portable pixmaps, in which some servers write what is on their screen: a head in words, then red, green and blue. */
final class Pixmaps {

    private Pixmaps() {}

    /** The picture; empty while it is not complete. */
    static Optional<Picture> read(byte[] bytes) {
        String[] words = new String(bytes, 0, Math.min(bytes.length, 20), StandardCharsets.ISO_8859_1).split("\\s");
        if (words.length < 4) {
            return Optional.empty();
        }
        int width = Integer.parseInt(words[1]);
        int height = Integer.parseInt(words[2]);
        int start = bytes.length - 3 * width * height;
        if (start <= 0) {
            return Optional.empty();
        }
        int[] rgb = new int[width * height];
        for (int i = 0; i < rgb.length; i++) {
            int at = start + 3 * i;
            rgb[i] = (bytes[at] & 255) << 16 | (bytes[at + 1] & 255) << 8 | bytes[at + 2] & 255;
        }
        return Optional.of(new Picture(width, height, rgb));
    }
}
