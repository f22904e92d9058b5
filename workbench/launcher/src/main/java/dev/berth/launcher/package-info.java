/* SPDX-License-Identifier: Apache-2.0 */
/** Finds the Berth home, starts the framework with the bundles of the distribution, runs the application. */
@NullMarked
package dev.berth.launcher;

import org.jspecify.annotations.NullMarked;
