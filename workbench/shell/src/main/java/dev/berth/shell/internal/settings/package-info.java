/* SPDX-License-Identifier: Apache-2.0 */
/** Settings: pages as data, the dialog that draws them, and shortcuts. */
@NullMarked
package dev.berth.shell.internal.settings;

import org.jspecify.annotations.NullMarked;
