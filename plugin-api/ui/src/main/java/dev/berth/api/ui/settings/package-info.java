/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Settings pages, described as data; the workbench draws and stores them.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.ui.settings;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
