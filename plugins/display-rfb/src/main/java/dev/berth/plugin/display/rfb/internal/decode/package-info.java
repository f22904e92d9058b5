/* SPDX-License-Identifier: Apache-2.0 */
/** From encoded rectangles to pixels. Nothing here allocates per rectangle once it is warm. */
@NullMarked
package dev.berth.plugin.display.rfb.internal.decode;

import org.jspecify.annotations.NullMarked;
