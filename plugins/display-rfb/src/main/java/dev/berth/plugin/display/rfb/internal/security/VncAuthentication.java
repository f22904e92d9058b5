/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** VNC authentication (RFC 6143, 7.2.2): the password is the DES key that encrypts a challenge. */
final class VncAuthentication {

    static final int CHALLENGE = 16;

    private VncAuthentication() {}

    /** Answers a challenge. Only the first eight characters count, and each byte's bits stand the other way round. */
    // DES is what the protocol says; whoever minds uses a security type that encrypts.
    @SuppressWarnings("InsecureCryptoUsage")
    static byte[] answer(byte[] challenge, String password) {
        byte[] given = password.getBytes(StandardCharsets.ISO_8859_1);
        byte[] key = new byte[8];
        for (int i = 0; i < Math.min(8, given.length); i++) {
            key[i] = (byte) (Integer.reverse(given[i] & 0xff) >>> 24);
        }
        try {
            Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
            des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "DES"));
            return des.doFinal(challenge);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no DES", e);
        }
    }
}
