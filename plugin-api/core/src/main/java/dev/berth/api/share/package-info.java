/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Host folders that appear in a session.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.share;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
