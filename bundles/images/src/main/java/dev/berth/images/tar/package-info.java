/* SPDX-License-Identifier: Apache-2.0 */
/** Tar archives, read and written as a stream: ustar, PAX, GNU long names and sparse files. */
@NullMarked
package dev.berth.images.internal.tar;

import org.jspecify.annotations.NullMarked;
