/* SPDX-License-Identifier: Apache-2.0 */
/** Root file systems and images in files: tar archives, OCI layouts, what docker save wrote, and WSL distributions. */
@NullMarked
package dev.berth.plugin.rootfs.archive.internal;

import org.jspecify.annotations.NullMarked;
