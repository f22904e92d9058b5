/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The image store and the way from recipes to images, as services.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.images;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
