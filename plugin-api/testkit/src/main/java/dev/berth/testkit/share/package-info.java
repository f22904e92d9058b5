/* SPDX-License-Identifier: Apache-2.0 */
/** What every {@link dev.berth.api.share.FileShareProvider} has to keep. */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.testkit.share;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
