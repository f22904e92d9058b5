/* SPDX-License-Identifier: Apache-2.0 */
/** Containers through WSL containers on Windows. */
@NullMarked
package dev.berth.plugin.engine.wslc.internal;

import org.jspecify.annotations.NullMarked;
