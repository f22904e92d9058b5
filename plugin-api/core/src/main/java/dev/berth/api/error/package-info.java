/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Errors that a person can act on: what happened, the detail for the log, and what to do about it.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
