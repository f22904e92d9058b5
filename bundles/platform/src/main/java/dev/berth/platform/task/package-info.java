/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs long work on threads of its own and lets others watch it.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.platform.task;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
