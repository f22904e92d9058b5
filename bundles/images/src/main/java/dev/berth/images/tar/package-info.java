/* SPDX-License-Identifier: Apache-2.0 */
/** Tar archives, read and written as a stream: ustar, PAX, GNU long names and sparse files. */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.images.tar;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
