/* SPDX-License-Identifier: Apache-2.0 */
/** Sockets, threads and buffers. */
@NullMarked
package dev.berth.plugin.share.ninep.internal.server;

import org.jspecify.annotations.NullMarked;
