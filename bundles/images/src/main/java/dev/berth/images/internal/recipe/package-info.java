/* SPDX-License-Identifier: Apache-2.0 */
/** Recipes: from documents of the providers to the records of the contract. */
@NullMarked
package dev.berth.images.internal.recipe;

import org.jspecify.annotations.NullMarked;
