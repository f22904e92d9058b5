/* SPDX-License-Identifier: Apache-2.0 */
/** The router: a network namespace of Berth's own with one way out, and the bridges on it. */
@NullMarked
package dev.berth.plugin.engine.runc.internal.net;

import org.jspecify.annotations.NullMarked;
