/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Sound of a session: its sound server joined with devices of the host, both ways.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.audio;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
