/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.berth.sessions.internal;

import org.jspecify.annotations.NullMarked;
