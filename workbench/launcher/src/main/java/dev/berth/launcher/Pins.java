/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/**
 * What {@code berth plugin install} has written down of a jar: {@code NAME.properties} beside {@code NAME.jar}, with its SHA-256 as {@code sha256},
 * and, while an update is put in place, that of the jar before as {@code sha256.before}. A jar that was put there by hand has none.
 */
final class Pins {

    private static final String END = ".jar";

    private Pins() {}

    /** Whether a jar is what was installed, as far as anybody wrote it down. */
    static boolean holds(Path jar) throws IOException {
        String name = String.valueOf(jar.getFileName());
        Path record = jar.resolveSibling(name.substring(0, name.length() - END.length()) + ".properties");
        if (!Files.isRegularFile(record)) {
            return true;
        }
        Properties pins = new Properties();
        try {
            pins.load(new StringReader(Files.readString(record)));
        } catch (IllegalArgumentException e) {
            throw new IOException(record + " cannot be read", e);
        }
        String pinned = pins.getProperty("sha256", "");
        if (pinned.isEmpty()) {
            return true;
        }
        String found = sha256(jar);
        return found.equalsIgnoreCase(pinned) || found.equalsIgnoreCase(pins.getProperty("sha256.before", ""));
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
