/* SPDX-License-Identifier: Apache-2.0 */
/** The window's own tool windows. */
@NullMarked
package dev.berth.shell.internal.tools;

import org.jspecify.annotations.NullMarked;
