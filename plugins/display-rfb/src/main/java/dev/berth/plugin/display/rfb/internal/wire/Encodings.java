/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.wire;

/** Numbers of encodings and pseudo-encodings (RFC 6143, 7.7 and 7.8, and the registry of the RFB community specification). */
public final class Encodings {

    public static final int RAW = 0;
    public static final int COPY_RECT = 1;
    public static final int RRE = 2;
    public static final int CORRE = 4;
    public static final int HEXTILE = 5;
    public static final int ZLIB = 6;
    public static final int TIGHT = 7;
    public static final int ZRLE = 16;
    public static final int JPEG = 21;

    public static final int DESKTOP_SIZE = -223;
    public static final int LAST_RECT = -224;
    public static final int POINTER_POSITION = -232;
    public static final int CURSOR = -239;
    public static final int X_CURSOR = -240;
    public static final int QEMU_KEYS = -258;
    public static final int TIGHT_PNG = -260;
    public static final int QEMU_LIGHTS = -261;
    public static final int DESKTOP_NAME = -307;
    public static final int EXTENDED_DESKTOP_SIZE = -308;
    public static final int FENCE = -312;
    public static final int CONTINUOUS_UPDATES = -313;
    public static final int CURSOR_WITH_ALPHA = -314;
    public static final int EXTENDED_MOUSE_BUTTONS = -316;
    public static final int VMWARE_CURSOR = 0x574d5664;
    public static final int VMWARE_LIGHTS = 0x574d5668;
    public static final int EXTENDED_CLIPBOARD = 0xc0a1e5ce;

    private Encodings() {}

    /** Asks for JPEG with a quality from 0 to 9. */
    public static int quality(int level) {
        return -32 + level;
    }

    /** Asks for a compression level from 0 to 9. */
    public static int compression(int level) {
        return -256 + level;
    }

    /** The name for a person. */
    public static String name(int encoding) {
        return switch (encoding) {
            case RAW -> "Raw";
            case COPY_RECT -> "CopyRect";
            case RRE -> "RRE";
            case CORRE -> "CoRRE";
            case HEXTILE -> "Hextile";
            case ZLIB -> "Zlib";
            case TIGHT -> "Tight";
            case TIGHT_PNG -> "TightPNG";
            case ZRLE -> "ZRLE";
            case JPEG -> "JPEG";
            default -> "encoding " + encoding;
        };
    }
}
