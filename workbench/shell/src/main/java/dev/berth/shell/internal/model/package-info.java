/* SPDX-License-Identifier: Apache-2.0 */
/** What the window knows: sessions, commands, contributions; kept on the event thread, fetched on workers. */
@NullMarked
package dev.berth.shell.internal.model;

import org.jspecify.annotations.NullMarked;
