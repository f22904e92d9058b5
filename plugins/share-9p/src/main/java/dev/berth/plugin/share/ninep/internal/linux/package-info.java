/* SPDX-License-Identifier: Apache-2.0 */
/** A volume by directory handles and system calls; Linux on 64-bit processors. */
@NullMarked
package dev.berth.plugin.share.ninep.internal.linux;

import org.jspecify.annotations.NullMarked;
