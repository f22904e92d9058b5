/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.images;

import dev.berth.api.error.BerthException;
import dev.berth.api.error.ImageException;
import dev.berth.api.rootfs.RootfsReference;
import dev.berth.api.task.OnWorker;
import dev.berth.api.task.TaskContext;
import java.io.OutputStream;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Brings images into the store as they are, without a recipe, and hands them out. A service. */
@ProviderType
@OnWorker
public interface ImageTransfer {

    /** In what form an image leaves the store. */
    enum Form {
        /** A tar archive of an OCI image layout (OCI image specification 1.1, "Image Layout"). */
        OCI,
        /** The same with all layers in gzip, for programs that know no zstd; the image's digest is another. */
        OCI_GZIP,
        /** The files of all layers merged, as an uncompressed tar archive: what WSL imports. */
        TREE,
        /** A Containerfile that makes the image anew, by the commands that made it. */
        CONTAINERFILE
    }

    /**
     * Fetches an image through the source that understands the reference. After a break the next call goes on where this
     * one ended.
     *
     * @param name what the image is called in the store; taken from whoever had it
     * @param options for the source
     * @throws BerthException if no source understands the reference, the source fails, or what it gives is not complete
     *     without steps that a recipe would run
     */
    StoredImage fetch(RootfsReference reference, String name, Map<String, String> options, TaskContext context)
            throws BerthException, InterruptedException;

    /**
     * Writes an image out.
     *
     * @param out not closed
     * @throws ImageException if it is damaged, cannot be written, or, for a Containerfile, was not made from a recipe that
     *     is still there
     */
    void export(StoredImage image, Form form, OutputStream out, TaskContext context)
            throws BerthException, InterruptedException;
}
