/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.channel.Endpoint;
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

    /**
     * Over a unix socket copying bytes costs less than packing them. Nothing else is named: TigerVNC's server takes what packs best of all that
     * is named, in whatever order.
     */
    private static final List<Integer> UNPACKED = List.of(Encodings.COPY_RECT, Encodings.RAW);

    /** Within this machine, as far as one can tell: a port of the loopback may be the end of a tunnel. */
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

    /** For a server behind a unix socket, on this machine, or elsewhere. */
    static EncodingChoice of(Endpoint endpoint, boolean lossless) {
        if (endpoint.unixSocket().isPresent()) {
            return new EncodingChoice(UNPACKED, -1, -1);
        }
        return endpoint.local() ? new EncodingChoice(LOCAL, -1, -1) : new EncodingChoice(ALL, lossless ? -1 : 8, 2);
    }

    /** The list for the server, with everything else that this client understands. */
    List<Integer> toWire() {
        List<Integer> wire = new ArrayList<>(pixels);
        wire.addAll(List.of(
                Encodings.EXTENDED_DESKTOP_SIZE,
                Encodings.DESKTOP_SIZE,
                Encodings.LAST_RECT,
                Encodings.CURSOR_WITH_ALPHA,
                Encodings.VMWARE_CURSOR,
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
            if (!wire.contains(Encodings.JPEG)) {
                // Last, and only where pixels need not be exact.
                wire.add(pixels.size(), Encodings.JPEG);
            }
            wire.add(Encodings.quality(quality));
        }
        if (compression >= 0) {
            wire.add(Encodings.compression(compression));
        }
        return wire;
    }
}
