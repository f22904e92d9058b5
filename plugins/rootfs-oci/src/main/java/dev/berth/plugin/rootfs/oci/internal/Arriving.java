/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.oci.internal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read while it is downloaded. Reading waits for what has not come; the end is only there once the download
 * has ended well. One thread reads, another tells how far it is.
 */
final class Arriving extends InputStream {

    private final InputStream file;
    private long position;
    private long have;
    private boolean whole;
    private @Nullable Exception failure;

    /** @param path made if it is not there; may be renamed later */
    Arriving(Path path) throws IOException {
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                .close();
        file = new FileInputStream(path.toFile());
    }

    /** So many bytes can be read; fewer than before when the download began again. */
    synchronized void have(long bytes) {
        have = bytes;
        notifyAll();
    }

    /** All is there, and right. */
    synchronized void whole(long bytes) {
        whole = true;
        have(bytes);
    }

    /** There will be no more. */
    synchronized void failed(Exception why) {
        failure = why;
        notifyAll();
    }

    /** Why the download failed; null if it did not. */
    synchronized @Nullable Exception failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int most = (int) Math.min(length, available(position));
        if (most == 0) {
            return length == 0 ? 0 : -1;
        }
        int n = file.read(target, offset, most);
        position += Math.max(0, n);
        return n;
    }

    private synchronized long available(long from) throws IOException {
        while (have <= from && !whole && failure == null) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("cancelled");
            }
        }
        if (failure != null) {
            throw new IOException("the download failed", failure);
        }
        return have - from;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
