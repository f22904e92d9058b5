/* SPDX-License-Identifier: Apache-2.0 */
/** The command palette: everything by a few letters. */
@NullMarked
package dev.berth.shell.internal.palette;

import org.jspecify.annotations.NullMarked;
