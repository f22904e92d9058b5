/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Sessions as plugins see them: desktops that run, whether or not a tab shows them.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.session;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
