/* SPDX-License-Identifier: Apache-2.0 */
/** Distributions of classic WSL, through wsl.exe. */
@NullMarked
package dev.berth.plugin.engine.wslc.internal.classic;

import org.jspecify.annotations.NullMarked;
