/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The window itself, for whoever starts Berth.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.ui.workbench;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
