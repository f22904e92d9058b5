/* SPDX-License-Identifier: Apache-2.0 */
/** The errors of WSL in a person's words. */
@NullMarked
package dev.berth.plugin.engine.wslc.internal.errors;

import org.jspecify.annotations.NullMarked;
