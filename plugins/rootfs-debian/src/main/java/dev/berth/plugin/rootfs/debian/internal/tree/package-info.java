/* SPDX-License-Identifier: Apache-2.0 */
/** Merging unpacked packages into one tree, with the database that dpkg expects. */
@NullMarked
package dev.berth.plugin.rootfs.debian.internal.tree;

import org.jspecify.annotations.NullMarked;
