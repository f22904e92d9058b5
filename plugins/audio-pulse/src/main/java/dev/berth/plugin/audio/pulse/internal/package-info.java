/* SPDX-License-Identifier: Apache-2.0 */
/** The service: a guest's PulseAudio joined with this host's devices. */
@NullMarked
package dev.berth.plugin.audio.pulse.internal;

import org.jspecify.annotations.NullMarked;
