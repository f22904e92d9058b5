/* SPDX-License-Identifier: Apache-2.0 */
/** What the OCI runtime specification calls a bundle: configuration, capabilities, seccomp. */
@NullMarked
package dev.berth.plugin.engine.runc.internal.oci;

import org.jspecify.annotations.NullMarked;
