/* SPDX-License-Identifier: Apache-2.0 */
/** One window for each Berth home: a second start hands what it was asked to the first. */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.platform.window;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
