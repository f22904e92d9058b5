/* SPDX-License-Identifier: Apache-2.0 */
/** Reading .deb files: ar, tar, and the compressions of their members. */
@NullMarked
package dev.berth.plugin.rootfs.debian.internal.archive;

import org.jspecify.annotations.NullMarked;
