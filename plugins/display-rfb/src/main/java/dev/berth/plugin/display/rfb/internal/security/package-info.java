/* SPDX-License-Identifier: Apache-2.0 */
/** Proving who we are to a server, and hiding what is said. */
@NullMarked
package dev.berth.plugin.display.rfb.internal.security;

import org.jspecify.annotations.NullMarked;
