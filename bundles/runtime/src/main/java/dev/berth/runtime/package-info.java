/* SPDX-License-Identifier: Apache-2.0 */
/** What belongs to a distribution of Berth; for the build and its tests, never shipped. */
@NullMarked
package dev.berth.runtime;

import org.jspecify.annotations.NullMarked;
