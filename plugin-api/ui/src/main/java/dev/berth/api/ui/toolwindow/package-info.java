/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Tool windows: panels around the desktops, created when they are first shown.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.ui.toolwindow;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
