/* SPDX-License-Identifier: Apache-2.0 */
/** The services of the plugin. */
@NullMarked
package dev.berth.plugin.share.ninep.internal;

import org.jspecify.annotations.NullMarked;
