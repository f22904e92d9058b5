/* SPDX-License-Identifier: Apache-2.0 */
/** What is read from servers. */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.platform.fetch;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
