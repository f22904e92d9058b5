/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.archive.internal;

import dev.berth.api.image.Digest;
import dev.berth.api.task.TaskContext;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256. */
final class Sums {

    private Sums() {}

    static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static Digest end(MessageDigest sum) {
        return Digest.sha256(HexFormat.of().formatHex(sum.digest()));
    }

    static Digest of(byte[] bytes) {
        MessageDigest sum = begin();
        sum.update(bytes);
        return end(sum);
    }

    /** Reads all; what is read counts as progress. */
    static Digest of(InputStream in, TaskContext context) throws IOException, InterruptedException {
        MessageDigest sum = begin();
        byte[] buffer = new byte[256 << 10];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            context.checkCancelled();
            sum.update(buffer, 0, n);
            context.progress().add(n);
        }
        return end(sum);
    }
}
