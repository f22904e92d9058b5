/* SPDX-License-Identifier: Apache-2.0 */
/** Sound, from a guest's server to this host's and back. */
@NullMarked
package dev.berth.benchmarks.sound;

import org.jspecify.annotations.NullMarked;
