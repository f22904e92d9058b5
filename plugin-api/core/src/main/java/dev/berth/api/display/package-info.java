/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Displays: pixels, pointer, keys, clipboard.
 *
 * <p>A protocol decodes into a {@link dev.berth.api.display.FrameSink} on threads of its own; it never runs on the Swing
 * thread. Pixels are 0xRRGGBB in {@code int[]}, row-major; whatever stands in the top eight bits is ignored.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.display;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
