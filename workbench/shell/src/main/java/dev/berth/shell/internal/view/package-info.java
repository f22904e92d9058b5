/* SPDX-License-Identifier: Apache-2.0 */
/** The frame and what stands around the desktops. */
@NullMarked
package dev.berth.shell.internal.view;

import org.jspecify.annotations.NullMarked;
