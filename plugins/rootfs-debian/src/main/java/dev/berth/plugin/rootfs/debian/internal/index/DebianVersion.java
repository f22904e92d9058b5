/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.index;

/** Compares package versions the way dpkg does (Debian Policy 5.6.12; dpkg lib/dpkg/version.c). */
public final class DebianVersion {

    private DebianVersion() {}

    /** Negative, zero or positive as {@code a} is older than, the same as or newer than {@code b}. */
    public static int compare(String a, String b) {
        int epochs = Long.compare(epoch(a), epoch(b));
        if (epochs != 0) {
            return epochs;
        }
        String restA = afterEpoch(a);
        String restB = afterEpoch(b);
        int upstream = compareParts(upstream(restA), upstream(restB));
        return upstream != 0 ? upstream : compareParts(revision(restA), revision(restB));
    }

    /** The version as part of a file name: without its epoch. */
    public static String withoutEpoch(String version) {
        return afterEpoch(version);
    }

    private static long epoch(String version) {
        int colon = version.indexOf(':');
        if (colon <= 0 || colon > 10) {
            return 0;
        }
        long epoch = 0;
        for (int i = 0; i < colon; i++) {
            char c = version.charAt(i);
            if (!digit(c)) {
                return 0;
            }
            epoch = epoch * 10 + (c - '0');
        }
        return epoch;
    }

    private static String afterEpoch(String version) {
        return version.substring(version.indexOf(':') + 1);
    }

    private static String upstream(String version) {
        int hyphen = version.lastIndexOf('-');
        return hyphen < 0 ? version : version.substring(0, hyphen);
    }

    private static String revision(String version) {
        int hyphen = version.lastIndexOf('-');
        return hyphen < 0 ? "" : version.substring(hyphen + 1);
    }

    private static int compareParts(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while (nonDigitAt(a, i) || nonDigitAt(b, j)) {
                int difference = order(a, i) - order(b, j);
                if (difference != 0) {
                    return difference;
                }
                i++;
                j++;
            }
            while (i < a.length() && a.charAt(i) == '0') {
                i++;
            }
            while (j < b.length() && b.charAt(j) == '0') {
                j++;
            }
            int first = 0;
            while (digitAt(a, i) && digitAt(b, j)) {
                if (first == 0) {
                    first = a.charAt(i) - b.charAt(j);
                }
                i++;
                j++;
            }
            if (digitAt(a, i)) {
                return 1;
            }
            if (digitAt(b, j)) {
                return -1;
            }
            if (first != 0) {
                return first;
            }
        }
        return 0;
    }

    /** A tilde sorts before the end, the end before letters, letters before everything else. */
    private static int order(String text, int at) {
        if (at >= text.length()) {
            return 0;
        }
        char c = text.charAt(at);
        if (digit(c)) {
            return 0;
        }
        if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
            return c;
        }
        return c == '~' ? -1 : c + 256;
    }

    private static boolean nonDigitAt(String text, int at) {
        return at < text.length() && !digit(text.charAt(at));
    }

    private static boolean digitAt(String text, int at) {
        return at < text.length() && digit(text.charAt(at));
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
