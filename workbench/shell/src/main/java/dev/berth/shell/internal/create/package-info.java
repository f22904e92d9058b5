/* SPDX-License-Identifier: Apache-2.0 */
/** Asking for a new session: what it is to be, and what of that cannot be. */
@NullMarked
package dev.berth.shell.internal.create;

import org.jspecify.annotations.NullMarked;
