/* SPDX-License-Identifier: Apache-2.0 */
/** Decoding of RFB recordings, beside other decoders. */
@NullMarked
package dev.berth.benchmarks.rfb;

import org.jspecify.annotations.NullMarked;
