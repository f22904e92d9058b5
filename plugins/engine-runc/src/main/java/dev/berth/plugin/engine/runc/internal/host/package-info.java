/* SPDX-License-Identifier: Apache-2.0 */
/** What the engine asks of the host: processes, system calls, control groups. */
@NullMarked
package dev.berth.plugin.engine.runc.internal.host;

import org.jspecify.annotations.NullMarked;
