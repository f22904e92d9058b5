/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Recipes: what a desktop is made of. A recipe is a JSON document; these records are what it says once read.
 */
@Export
@Version("1.0.0")
@NullMarked
package dev.berth.api.recipe;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
