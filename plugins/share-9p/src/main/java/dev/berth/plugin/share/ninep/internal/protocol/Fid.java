/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.share.ninep.internal.protocol;

import dev.berth.plugin.share.ninep.internal.volume.Node;
import dev.berth.plugin.share.ninep.internal.volume.OpenFile;
import dev.berth.plugin.share.ninep.internal.volume.OpenFolder;
import org.jspecify.annotations.Nullable;

/** What a client's number stands for. Counted: it ends when its number was given up and the last request left it. */
final class Fid {

    final Node node;
    /** The user who attached; -1 when the client did not say. */
    final int uid;
    /** At most one of the next four is set, once. Writes are made under the lock of this. */
    volatile @Nullable OpenFile file;

    volatile @Nullable OpenFolder folder;
    volatile byte @Nullable [] attributeValue;
    volatile @Nullable AttributeUpload upload;

    volatile boolean holdsLocks;
    /** Guarded by the table that it is in. */
    int references = 1;

    /** Takes a reference on the node over. */
    Fid(Node node, int uid) {
        this.node = node;
        this.uid = uid;
    }

    boolean isOpen() {
        return file != null || folder != null || attributeValue != null || upload != null;
    }

    /** Gives back what it holds; called once. */
    void dispose() {
        OpenFile openFile = file;
        if (openFile != null) {
            openFile.close();
        }
        OpenFolder openFolder = folder;
        if (openFolder != null) {
            openFolder.close();
        }
        node.release();
    }
}
