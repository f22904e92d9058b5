/* SPDX-License-Identifier: Apache-2.0 */
/** A client of the PulseAudio native protocol, version 35 and what is older back to 32. */
@NullMarked
package dev.berth.plugin.audio.pulse.internal.wire;

import org.jspecify.annotations.NullMarked;
