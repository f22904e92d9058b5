/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Where Berth keeps its things, and how several processes share them.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.platform.home;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
