/* SPDX-License-Identifier: Apache-2.0 */
/** The image store: blobs, the index, unpacked layers, and what keeps them from each other's way. */
@NullMarked
package dev.berth.images.internal.store;

import org.jspecify.annotations.NullMarked;
