/* SPDX-License-Identifier: Apache-2.0 */
/** Damage, scaling, and what keys and pointer mean. */
@NullMarked
package dev.berth.canvas.internal;

import org.jspecify.annotations.NullMarked;
