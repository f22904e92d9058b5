/* SPDX-License-Identifier: Apache-2.0 */
/** Painting, animation and latency of the canvas. */
@NullMarked
package dev.berth.benchmarks.display;

import org.jspecify.annotations.NullMarked;
