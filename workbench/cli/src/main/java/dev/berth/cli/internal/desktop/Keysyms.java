/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.cli.internal.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** X11 keysyms (X Window System Protocol, appendix A) of characters and of keys by name. */
public final class Keysyms {

    private static final int UNICODE = 0x0100_0000;

    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("ctrl", 0xffe3),
            Map.entry("control", 0xffe3),
            Map.entry("shift", 0xffe1),
            Map.entry("alt", 0xffe9),
            Map.entry("altgr", 0xfe03),
            Map.entry("super", 0xffeb),
            Map.entry("win", 0xffeb),
            Map.entry("cmd", 0xffeb),
            Map.entry("meta", 0xffe7),
            Map.entry("enter", 0xff0d),
            Map.entry("return", 0xff0d),
            Map.entry("tab", 0xff09),
            Map.entry("esc", 0xff1b),
            Map.entry("escape", 0xff1b),
            Map.entry("space", 0x20),
            Map.entry("backspace", 0xff08),
            Map.entry("delete", 0xffff),
            Map.entry("del", 0xffff),
            Map.entry("insert", 0xff63),
            Map.entry("ins", 0xff63),
            Map.entry("home", 0xff50),
            Map.entry("left", 0xff51),
            Map.entry("up", 0xff52),
            Map.entry("right", 0xff53),
            Map.entry("down", 0xff54),
            Map.entry("pageup", 0xff55),
            Map.entry("pagedown", 0xff56),
            Map.entry("end", 0xff57),
            Map.entry("menu", 0xff67),
            Map.entry("print", 0xff61),
            Map.entry("pause", 0xff13),
            Map.entry("capslock", 0xffe5),
            Map.entry("numlock", 0xff7f),
            Map.entry("scrolllock", 0xff14),
            Map.entry("plus", 0x2b),
            Map.entry("minus", 0x2d));

    private Keysyms() {}

    /** The keysym that a character is typed with; line ends are Return. */
    public static int ofCodePoint(int codePoint) {
        return switch (codePoint) {
            case '\n', '\r' -> 0xff0d;
            case '\t' -> 0xff09;
            case '\b' -> 0xff08;
            case 0x1b -> 0xff1b;
            default -> {
                if (codePoint < 0x20 || codePoint >= 0x7f && codePoint < 0xa0) {
                    throw new IllegalArgumentException(
                            String.format(Locale.ROOT, "the control character U+%04X cannot be typed", codePoint));
                }
                yield codePoint <= 0xff ? codePoint : UNICODE + codePoint;
            }
        };
    }

    /** The keys of a combination such as {@code ctrl+alt+t}, in the order in which they go down. */
    public static List<Integer> ofCombination(String text) {
        List<Integer> keys = new ArrayList<>();
        String rest = text;
        while (true) {
            // A plus sign at the end, alone or after another, is the key itself.
            int plus = rest.length() > 1 ? rest.indexOf('+', 1) : -1;
            if (plus < 0) {
                keys.add(ofName(rest, text));
                return keys;
            }
            keys.add(ofName(rest.substring(0, plus), text));
            rest = rest.substring(plus + 1);
        }
    }

    private static int ofName(String name, String all) {
        if (!name.isEmpty() && name.codePointCount(0, name.length()) == 1) {
            return ofCodePoint(name.codePointAt(0));
        }
        String lower = name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
        Integer keysym = NAMES.get(lower);
        if (keysym != null) {
            return keysym;
        }
        if (lower.matches("f([1-9]|[12][0-9]|3[0-5])")) {
            return 0xffbe + Integer.parseInt(lower.substring(1)) - 1;
        }
        throw new IllegalArgumentException("there is no key named \"" + name + "\" (in " + all
                + "); write ctrl+alt+t, shift+f10, pageup, or a character");
    }
}
