/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The component that shows a desktop and takes keys and pointer for it.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.canvas;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
