/* SPDX-License-Identifier: Apache-2.0 */
/** Unpacks layers into folders. Everything in an archive is hostile until checked. */
@NullMarked
package dev.berth.images.internal.unpack;

import org.jspecify.annotations.NullMarked;
