/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Byte channels into a session: how displays, sound and shares reach their servers inside a container.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.channel;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
