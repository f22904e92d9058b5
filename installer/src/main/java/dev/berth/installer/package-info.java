/* SPDX-License-Identifier: Apache-2.0 */
/** Lays out the distribution; runs in the build, never shipped. */
@NullMarked
package dev.berth.installer;

import org.jspecify.annotations.NullMarked;
