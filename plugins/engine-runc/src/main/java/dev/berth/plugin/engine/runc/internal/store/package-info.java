/* SPDX-License-Identifier: Apache-2.0 */
/** What is kept on disk: which containers exist, what they are made from, how they ran. */
@NullMarked
package dev.berth.plugin.engine.runc.internal.store;

import org.jspecify.annotations.NullMarked;
