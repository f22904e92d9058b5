/* SPDX-License-Identifier: Apache-2.0 */
/** Where tabs stand: split, torn off, pinned, remembered. */
@NullMarked
package dev.berth.shell.internal.dock;

import org.jspecify.annotations.NullMarked;
