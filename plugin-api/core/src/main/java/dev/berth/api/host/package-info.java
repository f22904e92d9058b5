/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What a plugin needs from the host: the checks behind {@code berth doctor} and the Welcome page.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.host;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
