/* SPDX-License-Identifier: Apache-2.0 */
/** What Windows does differently: paths, names, time zones. */
@NullMarked
package dev.berth.plugin.engine.wslc.internal.windows;

import org.jspecify.annotations.NullMarked;
