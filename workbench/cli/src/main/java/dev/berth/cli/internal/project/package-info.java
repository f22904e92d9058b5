/* SPDX-License-Identifier: Apache-2.0 */
/** Projects for authors of plugins. */
@NullMarked
package dev.berth.cli.internal.project;

import org.jspecify.annotations.NullMarked;
