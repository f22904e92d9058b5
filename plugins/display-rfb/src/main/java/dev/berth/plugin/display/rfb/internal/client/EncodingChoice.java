/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.plugin.display.rfb.internal.wire.Encodings;
import java.util.ArrayList;
import java.util.List;

/**
 * Which encodings to ask for, best first.
 *
 * @param pixels the encodings of pixels
 * @param quality of JPEG, 0 to 9; negative for none, so that every pixel is exact
 * @param compression 0 to 9; negative to leave it to the server
 */
public record EncodingChoice(List<Integer> pixels, int quality, int compression) {

    private static final List<Integer> ALL = List.of(
            Encodings.COPY_RECT,
            Encodings.TIGHT,
            Encodings.ZRLE,
            Encodings.ZLIB,
            Encodings.HEXTILE,
            Encodings.RRE,
            Encodings.RAW);

    /** On one machine bytes cost less than packing them. */
    private static final List<Integer> LOCAL = List.of(
            Encodings.COPY_RECT,
            Encodings.RAW,
            Encodings.HEXTILE,
            Encodings.TIGHT,
            Encodings.ZRLE,
            Encodings.ZLIB,
            Encodings.RRE);

    public EncodingChoice {
        pixels = List.copyOf(pixels);
    }

    /** For a server on this machine, or one elsewhere. */
    static EncodingChoice of(boolean local, boolean lossless) {
        return local ? new EncodingChoice(LOCAL, -1, -1) : new EncodingChoice(ALL, lossless ? -1 : 8, 2);
    }

    /** The list for the server, with everything else that this client understands. */
    List<Integer> toWire() {
        List<Integer> wire = new ArrayList<>(pixels);
        wire.addAll(List.of(
                Encodings.EXTENDED_DESKTOP_SIZE,
                Encodings.DESKTOP_SIZE,
                Encodings.LAST_RECT,
                Encodings.CURSOR_WITH_ALPHA,
                Encodings.CURSOR,
                Encodings.X_CURSOR,
                Encodings.POINTER_POSITION,
                Encodings.DESKTOP_NAME,
                Encodings.QEMU_LIGHTS,
                Encodings.VMWARE_LIGHTS,
                Encodings.QEMU_KEYS,
                Encodings.EXTENDED_MOUSE_BUTTONS,
                Encodings.EXTENDED_CLIPBOARD,
                Encodings.FENCE,
                Encodings.CONTINUOUS_UPDATES));
        if (quality >= 0) {
            wire.add(Encodings.quality(quality));
        }
        if (compression >= 0) {
            wire.add(Encodings.compression(compression));
        }
        return wire;
    }
}
