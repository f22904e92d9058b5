/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Programs of the host: argument lists, both pipes drained, a time limit, the exit status checked.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.platform.process;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
