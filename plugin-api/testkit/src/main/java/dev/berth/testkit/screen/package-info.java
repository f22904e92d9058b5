/* SPDX-License-Identifier: Apache-2.0 */
/** A screen for tests of windows, on machines that have none. */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.testkit.screen;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
