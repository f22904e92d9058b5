/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

/**
 * To whom files belong in the eyes of clients.
 *
 * @param passThrough true: owners are the host's, and new files belong to the client's user; needs a server that is
 *     root, and a client that is trusted to tell its users apart. False: everything seems to belong to {@code uid} and
 *     {@code gid}, is done as the server's own user, and owners cannot be changed
 */
public record Ownership(boolean passThrough, int uid, int gid) {

    /** The host's owners. */
    public static Ownership hosts() {
        return new Ownership(true, 0, 0);
    }

    /** One owner for all. */
    public static Ownership squashed(int uid, int gid) {
        return new Ownership(false, uid, gid);
    }
}
