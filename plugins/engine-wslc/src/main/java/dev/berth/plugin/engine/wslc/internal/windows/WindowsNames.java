/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.windows;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What Windows allows in the name of a file ("Naming Files, Paths, and Namespaces"). */
public final class WindowsNames {

    private static final Set<String> DEVICES = Set.of(
            "CON",
            "PRN",
            "AUX",
            "NUL",
            "CONIN$",
            "CONOUT$",
            "COM0",
            "COM1",
            "COM2",
            "COM3",
            "COM4",
            "COM5",
            "COM6",
            "COM7",
            "COM8",
            "COM9",
            "COM\u00b9",
            "COM\u00b2",
            "COM\u00b3",
            "LPT0",
            "LPT1",
            "LPT2",
            "LPT3",
            "LPT4",
            "LPT5",
            "LPT6",
            "LPT7",
            "LPT8",
            "LPT9",
            "LPT\u00b9",
            "LPT\u00b2",
            "LPT\u00b3");
    private static final int MOST_CHARACTERS = 255;

    private WindowsNames() {}

    /** Whether a name stands for a device, whatever ending it has. */
    public static boolean isDevice(String name) {
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing();
        return DEVICES.contains(stem.toUpperCase(Locale.ROOT));
    }

    /** Whether a file of that name can be made and found again. */
    public static boolean isPossible(String name) {
        if (name.isEmpty() || name.length() > MOST_CHARACTERS || name.endsWith(".") || name.endsWith(" ")) {
            return false;
        }
        return name.chars().noneMatch(c -> c < 0x20 || "<>:\"/\\|?*".indexOf(c) >= 0) && !isDevice(name);
    }

    /** A possible name that looks like the given one; the same for a possible one. */
    public static String possible(String name) {
        StringBuilder out = new StringBuilder();
        name.chars()
                .limit(MOST_CHARACTERS - 1)
                .forEach(c -> out.append(c < 0x20 || "<>:\"/\\|?*".indexOf(c) >= 0 ? '_' : (char) c));
        while (out.length() > 0 && (out.charAt(out.length() - 1) == '.' || out.charAt(out.length() - 1) == ' ')) {
            out.setCharAt(out.length() - 1, '_');
        }
        String result = out.isEmpty() ? "_" : out.toString();
        return isDevice(result) ? "_" + result : result;
    }

    /** Names that Windows takes for one another: pairs of one name and an earlier one that differs in case only. */
    public static Map<String, String> clashes(Collection<String> names) {
        Map<String, String> seen = new TreeMap<>();
        Map<String, String> clashes = new TreeMap<>();
        for (String name : names) {
            // As NTFS does: one character at a time, to upper case, whatever the language.
            StringBuilder upper = new StringBuilder();
            name.chars().forEach(c -> upper.append(Character.toUpperCase((char) c)));
            String earlier = seen.putIfAbsent(upper.toString(), name);
            if (earlier != null) {
                clashes.put(name, earlier);
            }
        }
        return clashes;
    }
}
