/* SPDX-License-Identifier: Apache-2.0 */
/** The streams of commands in containers. */
@NullMarked
package dev.berth.plugin.engine.docker.internal.stdio;

import org.jspecify.annotations.NullMarked;
