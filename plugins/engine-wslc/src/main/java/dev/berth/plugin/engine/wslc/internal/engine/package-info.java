/* SPDX-License-Identifier: Apache-2.0 */
/** The engine on top of the command wslc. */
@NullMarked
package dev.berth.plugin.engine.wslc.internal.engine;

import org.jspecify.annotations.NullMarked;
