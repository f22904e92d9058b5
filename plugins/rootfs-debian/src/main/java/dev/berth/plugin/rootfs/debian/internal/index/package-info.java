/* SPDX-License-Identifier: Apache-2.0 */
/** Package indexes: fields, versions, relations, and which packages a request needs. */
@NullMarked
package dev.berth.plugin.rootfs.debian.internal.index;

import org.jspecify.annotations.NullMarked;
