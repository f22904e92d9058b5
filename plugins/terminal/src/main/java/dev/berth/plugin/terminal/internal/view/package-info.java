/* SPDX-License-Identifier: Apache-2.0 */
/** The terminal on the screen, its keys and its tabs. */
@NullMarked
package dev.berth.plugin.terminal.internal.view;

import org.jspecify.annotations.NullMarked;
