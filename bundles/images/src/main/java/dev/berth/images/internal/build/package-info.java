/* SPDX-License-Identifier: Apache-2.0 */
/** From recipes to images: the base, the steps in build containers, the cache between runs. */
@NullMarked
package dev.berth.images.internal.build;

import org.jspecify.annotations.NullMarked;
