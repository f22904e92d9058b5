/* SPDX-License-Identifier: Apache-2.0 */
/** Driving a desktop from a script: keys, pointer, pictures. */
@NullMarked
package dev.berth.cli.internal.desktop;

import org.jspecify.annotations.NullMarked;
