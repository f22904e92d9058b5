/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Themes: data only. A bundle contributes one without any code, by a capability in its manifest; see {@link
 * dev.berth.api.ui.theme.Theme}.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.ui.theme;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
