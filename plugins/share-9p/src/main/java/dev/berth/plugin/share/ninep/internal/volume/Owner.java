/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

/** To whom a new file shall belong; -1 leaves it to the host. */
public record Owner(int uid, int gid) {

    /** The server's own user. */
    public static final Owner SERVER = new Owner(-1, -1);
}
