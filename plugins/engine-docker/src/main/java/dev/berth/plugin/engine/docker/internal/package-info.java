/* SPDX-License-Identifier: Apache-2.0 */
/** Containers through the Docker Engine API. */
@NullMarked
package dev.berth.plugin.engine.docker.internal;

import org.jspecify.annotations.NullMarked;
