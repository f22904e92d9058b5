/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.palette;

import javax.swing.Icon;

/**
 * Something that the palette finds.
 *
 * @param id stable; what was used last comes first
 * @param kind what it is, for a person: "Command", "Session"
 * @param detail said beside the title; may be empty
 * @param shortcut for a person; may be empty
 */
public record PaletteItem(
        String id, String kind, String title, String detail, String shortcut, Icon icon, Runnable run) {}
