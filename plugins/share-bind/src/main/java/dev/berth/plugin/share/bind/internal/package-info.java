/* SPDX-License-Identifier: Apache-2.0 */
/** Shares folders by mounts of the engine. */
@NullMarked
package dev.berth.plugin.share.bind.internal;

import org.jspecify.annotations.NullMarked;
