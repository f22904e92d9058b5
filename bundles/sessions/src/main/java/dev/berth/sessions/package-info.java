/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The life of a session: image, container, display, sound, shares; as services.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.sessions;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
