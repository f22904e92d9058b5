/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.unpack;

import dev.berth.images.tar.TarEntry;

/** The rules for names in archives. */
final class Names {

    private Names() {}

    /**
     * The path without {@code ./} and doubled or trailing slashes; empty for the root.
     *
     * @param what the name is of, for the message
     * @throws UnpackException if it is absolute, has {@code ..} in it, or is too long
     */
    static String check(String raw, String what, UnpackLimits limits) throws UnpackException {
        if (raw.isEmpty()) {
            throw refuse(raw, what, "is empty");
        }
        if (raw.charAt(0) == '/') {
            throw refuse(raw, what, "is absolute");
        }
        if (raw.length() > limits.pathBytes()) {
            throw refuse(raw, what, "is longer than " + limits.pathBytes() + " bytes");
        }
        if (raw.indexOf(0) >= 0) {
            throw refuse(raw, what, "has a NUL in it");
        }
        if (plain(raw)) {
            return lengths(raw, raw, what, limits);
        }
        StringBuilder path = new StringBuilder(raw.length());
        int from = 0;
        while (from <= raw.length()) {
            int to = raw.indexOf('/', from);
            if (to < 0) {
                to = raw.length();
            }
            String part = raw.substring(from, to);
            if (part.equals("..")) {
                throw refuse(raw, what, "has .. in it");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                if (path.length() > 0) {
                    path.append('/');
                }
                path.append(part);
            }
            from = to + 1;
        }
        return lengths(path.toString(), raw, what, limits);
    }

    /** Whether no component is empty or begins with a dot: most names, which then need no rewriting. */
    private static boolean plain(String raw) {
        char before = '/';
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (before == '/' && (c == '/' || c == '.')) {
                return false;
            }
            before = c;
        }
        return before != '/';
    }

    private static String lengths(String path, String raw, String what, UnpackLimits limits) throws UnpackException {
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                if (i - start > limits.nameBytes()) {
                    throw refuse(raw, what, "has a part that is longer than " + limits.nameBytes() + " bytes");
                }
                start = i + 1;
            }
        }
        return path;
    }

    private static UnpackException refuse(String raw, String what, String why) {
        return new UnpackException(
                "The name of the " + TarEntry.display(what) + " " + why + ": " + TarEntry.display(raw) + ".");
    }
}
