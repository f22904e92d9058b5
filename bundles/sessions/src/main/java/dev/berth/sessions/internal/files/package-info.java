/* SPDX-License-Identifier: Apache-2.0 */
/** Copies files between this host and guests. */
@NullMarked
package dev.berth.sessions.internal.files;

import org.jspecify.annotations.NullMarked;
