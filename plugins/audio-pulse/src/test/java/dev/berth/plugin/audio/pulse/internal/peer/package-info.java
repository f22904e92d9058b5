/* SPDX-License-Identifier: Apache-2.0 */
/** Real sound servers, players and recorders. */
package dev.berth.plugin.audio.pulse.internal.peer;
