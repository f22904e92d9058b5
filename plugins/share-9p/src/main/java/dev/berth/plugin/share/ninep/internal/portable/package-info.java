/* SPDX-License-Identifier: Apache-2.0 */
/** A volume by java.nio.file alone, for every other host. */
@NullMarked
package dev.berth.plugin.share.ninep.internal.portable;

import org.jspecify.annotations.NullMarked;
