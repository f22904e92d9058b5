/* SPDX-License-Identifier: Apache-2.0 */
/** How plugins are checked and kept. */
@NullMarked
package dev.berth.plugins.internal;

import org.jspecify.annotations.NullMarked;
