/* SPDX-License-Identifier: Apache-2.0 */
/** What lies between two clocks: a buffer that measures how they drift and takes it out. */
@NullMarked
package dev.berth.plugin.audio.pulse.internal.flow;

import org.jspecify.annotations.NullMarked;
