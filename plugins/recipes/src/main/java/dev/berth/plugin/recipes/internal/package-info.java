/* SPDX-License-Identifier: Apache-2.0 */
/** The recipes that come with Berth, as JSON documents in {@code /recipes} of this bundle. */
@NullMarked
package dev.berth.plugin.recipes.internal;

import org.jspecify.annotations.NullMarked;
