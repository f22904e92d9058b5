/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The same folder for guests that may not mount 9P but may mount FUSE: a script in the guest carries the kernel's requests
 * here and the answers back, and knows nothing of what they mean. The protocol is that of {@code linux/fuse.h}, 7.23 and later.
 */
@NullMarked
package dev.berth.plugin.share.ninep.internal.fuse;

import org.jspecify.annotations.NullMarked;
