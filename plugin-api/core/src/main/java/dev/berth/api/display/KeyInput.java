/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

/**
 * A key that went down or up.
 *
 * @param keysym the X11 keysym of the character or key, with modifiers applied (X11 protocol, appendix A; Unicode
 *     characters beyond Latin-1 are 0x01000000 plus the code point); 0 when unknown
 * @param evdevCode the Linux input event code of the physical key (linux/input-event-codes.h); 0 when unknown
 * @param pressed whether it went down
 */
public record KeyInput(int keysym, int evdevCode, boolean pressed) {}
