/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.volume;

/** The shared folder and what is in it, and nothing else of the host. Thread-safe, as all that it hands out. */
public interface Volume extends AutoCloseable {

    /** The shared folder itself, retained for the caller. */
    Node root();

    /** Prepares a thread that will work on the volume; called once, on that thread. */
    void enterThread();

    /** Gives everything back. Nodes must have been released before. */
    @Override
    void close();
}
