/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The one way onto and off the Swing event thread.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.ui.edt;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
