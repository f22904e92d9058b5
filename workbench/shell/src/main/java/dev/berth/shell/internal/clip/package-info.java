/* SPDX-License-Identifier: Apache-2.0 */
/** The clipboards of host and guest, kept alike. */
@NullMarked
package dev.berth.shell.internal.clip;

import org.jspecify.annotations.NullMarked;
