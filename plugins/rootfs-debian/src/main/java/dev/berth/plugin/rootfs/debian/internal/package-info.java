/* SPDX-License-Identifier: Apache-2.0 */
/** Root file systems of Debian and Ubuntu, made from the packages of a mirror. */
@NullMarked
package dev.berth.plugin.rootfs.debian.internal;

import org.jspecify.annotations.NullMarked;
