/* SPDX-License-Identifier: Apache-2.0 */
/** The binding of wslcsdk.dll. */
@NullMarked
package dev.berth.plugin.engine.wslc.internal.sdk;

import org.jspecify.annotations.NullMarked;
