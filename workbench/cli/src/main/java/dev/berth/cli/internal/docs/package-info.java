/* SPDX-License-Identifier: Apache-2.0 */
/** The manual page and the completion of shells, made from the commands themselves, so that they cannot differ. */
@NullMarked
package dev.berth.cli.internal.docs;

import org.jspecify.annotations.NullMarked;
