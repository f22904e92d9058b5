/* SPDX-License-Identifier: Apache-2.0 */
/** Bytes in and out: buffered reading with bounds, queued writing that merges pointer moves. */
@NullMarked
package dev.berth.plugin.display.rfb.internal.wire;

import org.jspecify.annotations.NullMarked;
