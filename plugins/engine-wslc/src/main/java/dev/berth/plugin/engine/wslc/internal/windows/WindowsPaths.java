/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.engine.wslc.internal.windows;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of Windows as texts, so that they can be worked with on any host. */
public final class WindowsPaths {

    /** What programs without a manifest for long paths can open, with the ending zero (MAX_PATH). */
    public static final int SHORT_CHARACTERS = 260;

    private static final Pattern DRIVE = Pattern.compile("([A-Za-z]):([\\\\/].*)?");
    private static final Pattern DISTRIBUTION =
            Pattern.compile("\\\\\\\\wsl(?:\\.localhost|\\$)\\\\([^\\\\]+)(\\\\.*)?", Pattern.CASE_INSENSITIVE);
    private static final String LONG = "\\\\?\\";
    private static final String LONG_NETWORK = "\\\\?\\UNC\\";

    private WindowsPaths() {}

    /** Whether a path names one place, whatever the current folder and drive are. */
    public static boolean isAbsolute(String path) {
        return path.matches("[A-Za-z]:[\\\\/].*") || path.startsWith("\\\\");
    }

    /** Without the prefix for long paths and with backslashes: what a person would write. */
    public static String plain(String path) {
        String back = path.replace('/', '\\');
        if (back.regionMatches(true, 0, LONG_NETWORK, 0, LONG_NETWORK.length())) {
            return "\\\\" + back.substring(LONG_NETWORK.length());
        }
        return back.startsWith(LONG) ? back.substring(LONG.length()) : back;
    }

    /** With the prefix for long paths where the path needs it; such a path must be absolute and have no dots in it. */
    public static String extended(String path) {
        String plain = plain(path);
        if (plain.length() < SHORT_CHARACTERS - 12 || !isAbsolute(plain)) {
            return plain;
        }
        return plain.startsWith("\\\\") ? LONG_NETWORK + plain.substring(2) : LONG + plain;
    }

    /** Where a folder of a drive is in a distribution of classic WSL; empty for what has no such place. */
    public static Optional<String> inDistribution(String path, String distribution) {
        String plain = plain(path);
        Matcher own = DISTRIBUTION.matcher(plain);
        if (own.matches()) {
            String rest = own.group(2);
            return own.group(1).equalsIgnoreCase(distribution)
                    ? Optional.of(rest == null ? "/" : rest.replace('\\', '/'))
                    : Optional.empty();
        }
        Matcher drive = DRIVE.matcher(plain);
        if (!drive.matches() || drive.group(2) == null) {
            return Optional.empty();
        }
        String rest = drive.group(2).replace('\\', '/').replaceAll("/+$", "");
        return Optional.of("/mnt/" + drive.group(1).toLowerCase(Locale.ROOT) + rest);
    }

    /** Where a file of a distribution is for Windows. */
    public static String ofDistribution(String distribution, String guestPath) {
        return "\\\\wsl.localhost\\" + distribution + guestPath.replace('/', '\\');
    }

    /**
     * Whether a path can be mounted into a container: a place on a drive. Network shares and the files of distributions are
     * not shared with the virtual machine.
     */
    public static boolean isMountable(String path) {
        Matcher drive = DRIVE.matcher(plain(path));
        return drive.matches() && drive.group(2) != null;
    }
}
