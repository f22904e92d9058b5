/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images.internal.digest;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of little by Java, of much by OpenSSL. Java's own is as fast only once the optimising compiler has seen it: a
 * command that is over in two seconds spends most of them before that, or does without that compiler. Not thread-safe.
 */
final class LargeSha256 extends MessageDigestSpi implements Cloneable {

    /** Below this, Java is done before the library is loaded. */
    private static final int LITTLE = 64 << 10;

    private static final Cleaner CLEANER = Cleaner.create();

    private final Provider java;
    private byte[] first = new byte[256];
    private int held;
    private @Nullable Context context;
    /** For much where there is no library. */
    private @Nullable MessageDigest fallback;

    /** @param java who digests what is little */
    LargeSha256(Provider java) {
        this.java = java;
    }

    /** What the library keeps, and a piece of memory that it can read. */
    private static final class Context {

        private final ByteBuffer memory = ByteBuffer.allocateDirect(LITTLE);
        private final long address = Crypto.address(memory);
        private final long handle;

        Context() {
            long made = Crypto.EVP_MD_CTX_new();
            handle = made;
            CLEANER.register(this, () -> Crypto.EVP_MD_CTX_free(made));
            check(Crypto.EVP_DigestInit_ex(made, Crypto.EVP_sha256(), 0));
        }

        void update(byte[] bytes, int offset, int length) {
            for (int done = 0; done < length; ) {
                int n = Math.min(LITTLE, length - done);
                memory.put(0, bytes, offset + done, n);
                check(Crypto.EVP_DigestUpdate(handle, address, n));
                done += n;
            }
        }

        byte[] end() {
            check(Crypto.EVP_DigestFinal_ex(handle, address, 0));
            byte[] result = new byte[32];
            memory.get(0, result);
            return result;
        }

        private static void check(int result) {
            if (result != 1) {
                throw new IllegalStateException("libcrypto refused to digest");
            }
        }
    }

    @Override
    protected int engineGetDigestLength() {
        return 32;
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        Context library = context;
        if (library == null && held + (long) length > LITTLE && Crypto.available()) {
            library = begin();
        }
        if (library != null) {
            library.update(input, offset, length);
        } else {
            hold(input, offset, length);
        }
    }

    @Override
    protected void engineUpdate(ByteBuffer input) {
        int length = input.remaining();
        if (input.isDirect() && (context != null || length > LITTLE) && Crypto.available()) {
            Context library = context != null ? context : begin();
            Context.check(Crypto.EVP_DigestUpdate(library.handle, Crypto.address(input) + input.position(), length));
            input.position(input.limit());
        } else if (input.hasArray()) {
            engineUpdate(input.array(), input.arrayOffset() + input.position(), length);
            input.position(input.limit());
        } else {
            byte[] copy = new byte[Math.min(length, LITTLE)];
            while (input.hasRemaining()) {
                int n = Math.min(copy.length, input.remaining());
                input.get(copy, 0, n);
                engineUpdate(copy, 0, n);
            }
        }
    }

    private Context begin() {
        Context made = new Context();
        made.update(first, 0, held);
        held = 0;
        context = made;
        return made;
    }

    private void hold(byte[] input, int offset, int length) {
        if (fallback != null) {
            fallback.update(input, offset, length);
            return;
        }
        if (held + (long) length > LITTLE) {
            MessageDigest digest = ofJava();
            digest.update(first, 0, held);
            digest.update(input, offset, length);
            held = 0;
            fallback = digest;
            return;
        }
        if (held + length > first.length) {
            first = Arrays.copyOf(first, Math.max(held + length, Math.min(LITTLE, 2 * first.length)));
        }
        System.arraycopy(input, offset, first, held, length);
        held += length;
    }

    private MessageDigest ofJava() {
        try {
            return MessageDigest.getInstance("SHA-256", java);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected byte[] engineDigest() {
        byte[] result;
        if (context != null) {
            result = context.end();
        } else if (fallback != null) {
            result = fallback.digest();
        } else {
            MessageDigest digest = ofJava();
            digest.update(first, 0, held);
            result = digest.digest();
        }
        engineReset();
        return result;
    }

    @Override
    protected void engineReset() {
        context = null;
        fallback = null;
        held = 0;
    }

    @Override
    public Object clone() throws CloneNotSupportedException {
        LargeSha256 copy = (LargeSha256) super.clone();
        copy.first = first.clone();
        if (fallback != null) {
            copy.fallback = (MessageDigest) fallback.clone();
        }
        if (context != null) {
            Context other = new Context();
            Context.check(Crypto.EVP_MD_CTX_copy_ex(other.handle, context.handle));
            copy.context = other;
        }
        return copy;
    }
}
