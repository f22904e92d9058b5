/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

/**
 * A turn of the wheel, in 120ths of a notch; positive is down and right. A protocol that knows whole notches only keeps
 * the rest for the next turn.
 */
public record WheelInput(int x, int y, int buttons, int horizontal, int vertical) {}
