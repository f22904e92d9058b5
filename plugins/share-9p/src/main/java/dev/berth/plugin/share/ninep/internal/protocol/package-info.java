/* SPDX-License-Identifier: Apache-2.0 */
/** The 9P2000.L messages: what is read, done and answered. */
@NullMarked
package dev.berth.plugin.share.ninep.internal.protocol;

import org.jspecify.annotations.NullMarked;
