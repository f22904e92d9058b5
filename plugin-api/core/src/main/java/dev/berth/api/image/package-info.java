/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Images as an OCI image layout keeps them: digests, platforms, configuration, layers, and the two sides from which
 * plugins see the image store: writing ({@link dev.berth.api.image.ImageWriter}) and reading
 * ({@link dev.berth.api.image.ImageContent}).
 *
 * @see <a href="https://github.com/opencontainers/image-spec">OCI image specification 1.1</a>
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.image;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
