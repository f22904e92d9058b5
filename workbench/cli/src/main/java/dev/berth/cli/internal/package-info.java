/* SPDX-License-Identifier: Apache-2.0 */
/** The {@code berth} command line. */
@NullMarked
package dev.berth.cli.internal;

import org.jspecify.annotations.NullMarked;
