/* SPDX-License-Identifier: Apache-2.0 */
/** Keeps a guest and the devices joined, whatever comes and goes. */
@NullMarked
package dev.berth.plugin.audio.pulse.internal.link;

import org.jspecify.annotations.NullMarked;
