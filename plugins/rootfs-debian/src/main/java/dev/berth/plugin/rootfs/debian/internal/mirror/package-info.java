/* SPDX-License-Identifier: Apache-2.0 */
/** Where packages come from: apt sources, signed releases, downloads. */
@NullMarked
package dev.berth.plugin.rootfs.debian.internal.mirror;

import org.jspecify.annotations.NullMarked;
