/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.rootfs.debian.internal.tree;

/**
 * Bounds the unpacked bytes that wait for the writer. Packages are unpacked ahead on several threads but written in
 * order, so the one whose turn it is always gets a share of its own: whatever the others hold, it can go on.
 */
final class UnpackBudget {

    private static final long SHARE_OF_THE_FIRST = 16L << 20;

    private final long total;
    private long used;
    private long usedByFirst;
    private int first;

    UnpackBudget(long total) {
        this.total = total;
    }

    /** Waits until the package at this place in the order may hold so many bytes more. */
    synchronized void acquire(int place, long bytes) throws InterruptedException {
        while (used + bytes > total && used > 0 && !(place == first && usedByFirst < SHARE_OF_THE_FIRST)) {
            wait();
        }
        used += bytes;
        if (place == first) {
            usedByFirst += bytes;
        }
    }

    /** Gives bytes of the package whose turn it is back. */
    synchronized void release(long bytes) {
        used -= bytes;
        usedByFirst = Math.max(0, usedByFirst - bytes);
        notifyAll();
    }

    /** The writer has come to the package at this place. */
    synchronized void turn(int place) {
        first = place;
        usedByFirst = 0;
        notifyAll();
    }
}
