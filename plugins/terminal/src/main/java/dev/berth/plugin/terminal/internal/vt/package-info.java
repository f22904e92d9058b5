/* SPDX-License-Identifier: Apache-2.0 */
/** The terminal itself: what a stream of bytes makes of a grid of characters. Nothing here knows of windows. */
@NullMarked
package dev.berth.plugin.terminal.internal.vt;

import org.jspecify.annotations.NullMarked;
