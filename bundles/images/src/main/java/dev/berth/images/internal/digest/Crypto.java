/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.digest;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** Calls into libcrypto (OpenSSL 3 manual, EVP_DigestInit(3)). Addresses are passed as {@code long}: 64-bit hosts only. */
final class Crypto {

    private static final boolean LOADED = load();

    private Crypto() {}

    /** Whether this host has the library. Loads it. */
    static boolean available() {
        return LOADED;
    }

    private static boolean load() {
        if (!Platform.isLinux() || Native.POINTER_SIZE != 8) {
            return false;
        }
        for (String name : new String[] {"libcrypto.so.3", "libcrypto.so.1.1"}) {
            try {
                Native.register(Crypto.class, NativeLibrary.getInstance(name));
                return EVP_sha256() != 0;
            } catch (UnsatisfiedLinkError e) {
                // The next one, or the digest that Java has.
            }
        }
        return false;
    }

    /** Where a direct buffer begins, regardless of its position. */
    static long address(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    static native long EVP_sha256();

    static native long EVP_MD_CTX_new();

    static native void EVP_MD_CTX_free(long context);

    static native int EVP_MD_CTX_copy_ex(long to, long from);

    static native int EVP_DigestInit_ex(long context, long type, long engine);

    static native int EVP_DigestUpdate(long context, long data, long length);

    static native int EVP_DigestFinal_ex(long context, long result, long length);
}
