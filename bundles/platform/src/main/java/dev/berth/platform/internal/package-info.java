/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Implementations of the services of this bundle.
 */
@NullMarked
package dev.berth.platform.internal;

import org.jspecify.annotations.NullMarked;
