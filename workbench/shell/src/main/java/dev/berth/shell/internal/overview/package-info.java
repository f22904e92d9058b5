/* SPDX-License-Identifier: Apache-2.0 */
/** All sessions at a glance, as small pictures that move. */
@NullMarked
package dev.berth.shell.internal.overview;

import org.jspecify.annotations.NullMarked;
