/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Files of a session's guest, looked at and copied both ways by the engine's streams, without a share.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.sessions.files;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
