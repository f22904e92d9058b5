/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every {@link dev.berth.api.engine.ContainerEngine} must do, as JUnit tests: extend
 * {@link dev.berth.testkit.engine.ContainerEngineContract}.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.testkit.engine;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
