/* SPDX-License-Identifier: Apache-2.0 */
/** Running the commands of WSL. */
@NullMarked
package dev.berth.plugin.engine.wslc.internal.command;

import org.jspecify.annotations.NullMarked;
