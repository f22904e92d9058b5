/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in the EAX mode (Bellare, Rogaway, Wagner 2004) with OMAC1, which is CMAC (RFC 4493). One thread at a time. */
final class Eax {

    static final int TAG = 16;
    private static final int BLOCK = 16;

    private final SecretKeySpec key;
    private final Cipher chain;
    private final Cipher counter;
    private final byte[] whole;
    private final byte[] partial;
    private byte[] scratch = new byte[256];

    Eax(byte[] key) throws GeneralSecurityException {
        this.key = new SecretKeySpec(key, "AES");
        this.chain = Cipher.getInstance("AES/CBC/NoPadding");
        this.counter = Cipher.getInstance("AES/CTR/NoPadding");
        chain.init(Cipher.ENCRYPT_MODE, this.key, new IvParameterSpec(new byte[BLOCK]));
        this.whole = doubled(chain.doFinal(new byte[BLOCK]));
        this.partial = doubled(whole);
    }

    private static byte[] doubled(byte[] block) {
        byte[] twice = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            twice[i] = (byte) (block[i] << 1 | (i + 1 < BLOCK ? (block[i + 1] & 0xff) >> 7 : 0));
        }
        if (block[0] < 0) {
            twice[BLOCK - 1] ^= (byte) 0x87;
        }
        return twice;
    }

    /** The MAC of one of the three parts: the nonce, the header, the text. */
    private byte[] mac(int part, byte[] bytes, int offset, int count) throws GeneralSecurityException {
        int padded = BLOCK + (count + BLOCK - 1) / BLOCK * BLOCK;
        if (scratch.length < padded) {
            scratch = new byte[2 * padded];
        }
        java.util.Arrays.fill(scratch, 0, BLOCK, (byte) 0);
        scratch[BLOCK - 1] = (byte) part;
        System.arraycopy(bytes, offset, scratch, BLOCK, count);
        boolean full = padded == BLOCK + count;
        if (!full) {
            scratch[BLOCK + count] = (byte) 0x80;
            java.util.Arrays.fill(scratch, BLOCK + count + 1, padded, (byte) 0);
        }
        byte[] mask = full ? whole : partial;
        for (int i = 0; i < BLOCK; i++) {
            scratch[padded - BLOCK + i] ^= mask[i];
        }
        chain.doFinal(scratch, 0, padded, scratch, 0);
        byte[] tag = new byte[TAG];
        System.arraycopy(scratch, padded - BLOCK, tag, 0, BLOCK);
        return tag;
    }

    /** Encrypts in place and returns the tag. */
    byte[] seal(byte[] nonce, byte[] header, byte[] text, int offset, int count) throws GeneralSecurityException {
        byte[] start = mac(0, nonce, 0, nonce.length);
        crypt(start, text, offset, count);
        return tag(start, header, text, offset, count);
    }

    /** Decrypts in place; says no, and leaves the text as it is, when the tag is wrong. */
    boolean open(byte[] nonce, byte[] header, byte[] text, int offset, int count, byte[] tag)
            throws GeneralSecurityException {
        byte[] start = mac(0, nonce, 0, nonce.length);
        if (!MessageDigest.isEqual(tag, tag(start, header, text, offset, count))) {
            return false;
        }
        crypt(start, text, offset, count);
        return true;
    }

    private byte[] tag(byte[] start, byte[] header, byte[] text, int offset, int count)
            throws GeneralSecurityException {
        byte[] ofHeader = mac(1, header, 0, header.length);
        byte[] tag = mac(2, text, offset, count);
        for (int i = 0; i < TAG; i++) {
            tag[i] ^= (byte) (ofHeader[i] ^ start[i]);
        }
        return tag;
    }

    private void crypt(byte[] start, byte[] text, int offset, int count) throws GeneralSecurityException {
        counter.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(start));
        counter.doFinal(text, offset, count, text, offset);
    }
}
