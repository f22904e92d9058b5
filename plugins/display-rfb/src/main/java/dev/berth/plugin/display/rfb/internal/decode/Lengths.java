/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.decode;

/** What lengths make sense. */
final class Lengths {

    private Lengths() {}

    /** The most bytes that so many bytes can sensibly be deflated to: stored blocks, flushes and some slack. */
    static int compressed(long plain) {
        return (int) Math.min(Integer.MAX_VALUE, plain + plain / 256 + (64 << 10));
    }
}
