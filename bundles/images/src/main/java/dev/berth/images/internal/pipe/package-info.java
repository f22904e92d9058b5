/* SPDX-License-Identifier: Apache-2.0 */
/** Hands one stream of bytes to several consumers, each on a thread of its own. */
@NullMarked
package dev.berth.images.internal.pipe;

import org.jspecify.annotations.NullMarked;
