/* SPDX-License-Identifier: Apache-2.0 */
/** A connection: handshake, the messages of both sides, input, clipboard. */
@NullMarked
package dev.berth.plugin.display.rfb.internal.client;

import org.jspecify.annotations.NullMarked;
