/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Widgets of the status bar, described as data; the workbench paints them.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.ui.status;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
