/* SPDX-License-Identifier: Apache-2.0 */
/** HTTP/1.1 over any duplex stream, as much of it as the Docker Engine API uses (RFC 9112). */
@NullMarked
package dev.berth.plugin.engine.docker.internal.http;

import org.jspecify.annotations.NullMarked;
