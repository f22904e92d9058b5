/* SPDX-License-Identifier: Apache-2.0 */
/** The engine and its containers. */
@NullMarked
package dev.berth.plugin.engine.runc.internal;

import org.jspecify.annotations.NullMarked;
