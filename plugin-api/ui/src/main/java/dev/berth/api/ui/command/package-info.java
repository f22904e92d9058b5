/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Commands: everything a person can do, once, for menus, toolbars, keys and the palette.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.ui.command;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
