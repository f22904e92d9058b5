/* SPDX-License-Identifier: Apache-2.0 */
/** The tool window that copies files between this computer and sessions, and files dropped on desktops. */
@NullMarked
package dev.berth.shell.internal.files;

import org.jspecify.annotations.NullMarked;
