/* SPDX-License-Identifier: Apache-2.0 */
/** The devices of this host. */
@NullMarked
package dev.berth.plugin.audio.pulse.internal.host;

import org.jspecify.annotations.NullMarked;
