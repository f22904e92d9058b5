/* SPDX-License-Identifier: Apache-2.0 */
/** Ways to an engine: sockets, TLS, the standard input and output of a command. */
@NullMarked
package dev.berth.plugin.engine.docker.internal.transport;

import org.jspecify.annotations.NullMarked;
