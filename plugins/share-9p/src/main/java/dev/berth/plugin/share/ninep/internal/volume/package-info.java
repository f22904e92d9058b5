/* SPDX-License-Identifier: Apache-2.0 */
/** What the protocol needs of a file system, free of wire formats and of system calls. */
@NullMarked
package dev.berth.plugin.share.ninep.internal.volume;

import org.jspecify.annotations.NullMarked;
