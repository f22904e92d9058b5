/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.terminal.internal.view;

import dev.berth.plugin.terminal.internal.vt.Style;
import java.awt.Color;
import java.util.HashMap;
import java.util.Map;
import javax.swing.UIManager;

/** Colours: sixteen that go with the theme's tone, xterm's cube and greys, and true ones. */
final class Palette {

    private static final int[] DARK = {
        0x3b4252, 0xe06c75, 0x7fc27f, 0xd9b25f, 0x6ea8fe, 0xc795e8, 0x5cc3c9, 0xd6dbe5, 0x667085, 0xf28b93, 0x9bdb9b,
        0xf0cd7e, 0x94c1ff, 0xdcb5f7, 0x82dde2, 0xf4f6fa
    };
    private static final int[] LIGHT = {
        0x1d2330, 0xc0342f, 0x2b7d42, 0x8f6200, 0x1f5fc4, 0x8a3fb0, 0x127780, 0x6b7280, 0x4b5563, 0xd6453f, 0x2f9e5f,
        0xb07a00, 0x2f6bd8, 0xa556cc, 0x168f9a, 0x9aa2b1
    };

    private final boolean dark = UIManager.getBoolean("laf.dark");
    final Color background = named("Berth.terminal.background", dark ? 0x14161b : 0xffffff);
    final Color foreground = named("Berth.terminal.foreground", dark ? 0xd6dbe5 : 0x1d2330);
    final Color cursor = named("Component.accentColor", 0x2f6bd8);
    final Color selection = named("List.selectionBackground", 0x2f6bd8);
    private final Map<Integer, Color> known = new HashMap<>();

    private static Color named(String key, int fallback) {
        Color color = UIManager.getColor(key);
        return color == null ? new Color(fallback) : new Color(color.getRGB());
    }

    Color front(int colour, int flags) {
        // Bold makes the eight dark colours light, as it always did.
        int index = (flags & Style.BOLD) != 0 && colour >= 0 && colour < 8 ? colour + 8 : colour;
        return index == Style.DEFAULT ? foreground : colour(index);
    }

    Color back(int colour) {
        return colour == Style.DEFAULT ? background : colour(colour);
    }

    Color dim(Color color) {
        return new Color(
                (color.getRed() + background.getRed()) / 2,
                (color.getGreen() + background.getGreen()) / 2,
                (color.getBlue() + background.getBlue()) / 2);
    }

    private Color colour(int colour) {
        return known.computeIfAbsent(colour, key -> new Color(rgb(key)));
    }

    private int rgb(int colour) {
        if ((colour & Style.RGB) != 0) {
            return colour & 0xffffff;
        }
        if (colour < 16) {
            return dark ? DARK[colour] : LIGHT[colour];
        }
        if (colour < 232) {
            int index = colour - 16;
            return step(index / 36) << 16 | step(index / 6 % 6) << 8 | step(index % 6);
        }
        int grey = 8 + 10 * (colour - 232);
        return grey << 16 | grey << 8 | grey;
    }

    private static int step(int index) {
        return index == 0 ? 0 : 55 + 40 * index;
    }
}
