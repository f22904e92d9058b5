/* SPDX-License-Identifier: Apache-2.0 */
/** Newer Berths, as the command line and the window see them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.updates;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
