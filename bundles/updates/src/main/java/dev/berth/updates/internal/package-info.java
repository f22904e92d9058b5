/* SPDX-License-Identifier: Apache-2.0 */
/** Signed lists of files, and the trees that are put together after them. */
@NullMarked
package dev.berth.updates.internal;

import org.jspecify.annotations.NullMarked;
