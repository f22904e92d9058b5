/* SPDX-License-Identifier: Apache-2.0 */
/** The plugins that the person installs, as the command line and the window see them. */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.plugins;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
