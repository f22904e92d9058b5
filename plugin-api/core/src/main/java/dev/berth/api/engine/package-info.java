/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Container engines: OCI runtimes on a Linux host, WSL containers, the Docker API.
 *
 * <p>What differs between them is stated by {@link dev.berth.api.engine.EngineCapability}, not guessed: whether images
 * live in the engine's own store, whether host folders can be mounted, whether unix sockets are shared with the host or
 * every channel goes through {@link dev.berth.api.engine.Container#endpoint}.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.engine;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
