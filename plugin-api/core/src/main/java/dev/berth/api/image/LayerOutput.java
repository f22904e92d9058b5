/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.image;

import dev.berth.api.error.ImageException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A layer that is being written, as an uncompressed tar archive in the form of the OCI layer specification (PAX or
 * ustar; white-outs as {@code .wh.} files). Nobody sees the layer before {@link #commit}; closing it without a commit
 * leaves nothing behind.
 */
@ProviderType
public abstract class LayerOutput extends OutputStream {

    /** For the image store only. */
    protected LayerOutput() {}

    /**
     * Ends the archive and makes the layer part of the image that is being written, above those committed before.
     *
     * @throws ImageException if the archive breaks a rule of the store: a path outside the root, a limit
     */
    public abstract LayerInfo commit() throws ImageException, InterruptedException;
}
