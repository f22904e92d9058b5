/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Password files as VNC servers read them: DES with a key that all of them know. */
final class VncPasswords {

    private VncPasswords() {}

    static byte[] obfuscated(String password) throws GeneralSecurityException {
        byte[] plain = Arrays.copyOf(password.getBytes(StandardCharsets.ISO_8859_1), 8);
        Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
        des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(HexFormat.of().parseHex("e84ad660c4721ae0"), "DES"));
        return des.doFinal(plain);
    }
}
