/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where root file systems come from.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.rootfs;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
