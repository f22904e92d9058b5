/* SPDX-License-Identifier: Apache-2.0 */
/** A tab: from the first stage of a start to the desktop. */
@NullMarked
package dev.berth.shell.internal.tab;

import org.jspecify.annotations.NullMarked;
