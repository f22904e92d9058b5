/* SPDX-License-Identifier: Apache-2.0 */
/** Root file systems pulled from registries that follow the OCI distribution specification. */
@NullMarked
package dev.berth.plugin.rootfs.oci.internal;

import org.jspecify.annotations.NullMarked;
