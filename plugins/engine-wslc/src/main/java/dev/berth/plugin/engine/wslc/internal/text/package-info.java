/* SPDX-License-Identifier: Apache-2.0 */
/** What the commands of WSL print, in whatever encoding, taken apart. */
@NullMarked
package dev.berth.plugin.engine.wslc.internal.text;

import org.jspecify.annotations.NullMarked;
