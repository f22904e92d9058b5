/* SPDX-License-Identifier: Apache-2.0 */
/** Terminals in sessions. */
@NullMarked
package dev.berth.plugin.terminal.internal;

import org.jspecify.annotations.NullMarked;
