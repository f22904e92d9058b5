/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What every {@link dev.berth.api.rootfs.RootfsSource} must do, as JUnit tests: extend
 * {@link dev.berth.testkit.rootfs.RootfsSourceContract}.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.testkit.rootfs;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
