/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A content digest, written {@code sha256:<64 hexadecimal digits>} (OCI image specification 1.1, descriptor, "Digests").
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex the digest in lower-case hexadecimal digits, of the algorithm's length
 */
public record Digest(String algorithm, String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

    /** @throws IllegalArgumentException if the algorithm is unknown or the length or a digit is wrong */
    public Digest {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(hex, "hex");
        int length = switch (algorithm) {
            case "sha256" -> 64;
            case "sha512" -> 128;
            default -> throw new IllegalArgumentException("unknown digest algorithm: " + algorithm);
        };
        if (hex.length() != length || !HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a " + algorithm + " digest: " + hex);
        }
    }

    /** Parses {@code algorithm:hex}. */
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("not a digest: " + text);
        }
        return new Digest(text.substring(0, colon), text.substring(colon + 1));
    }

    /** A SHA-256 digest from its 64 hexadecimal digits. */
    public static Digest sha256(String hex) {
        return new Digest("sha256", hex);
    }

    /** The first twelve digits, enough for a person. */
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }
}
