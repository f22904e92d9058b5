/* SPDX-License-Identifier: Apache-2.0 */
/** Texts, icons, themes, and small pieces that views are made of. */
@NullMarked
package dev.berth.shell.internal.kit;

import org.jspecify.annotations.NullMarked;
