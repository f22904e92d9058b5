/* SPDX-License-Identifier: Apache-2.0 */
/** The workbench window. */
@NullMarked
package dev.berth.shell.internal;

import org.jspecify.annotations.NullMarked;
