/* SPDX-License-Identifier: Apache-2.0 */
/** Signatures of what is fetched from elsewhere. */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.platform.signature;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
