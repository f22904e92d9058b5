/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Settings: one JSON file for each page.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.platform.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
