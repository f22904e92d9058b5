/* SPDX-License-Identifier: Apache-2.0 */
/** What every {@link dev.berth.api.display.DisplayProtocol} does, tried against a real server. */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.testkit.display;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
