/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

/**
 * Where the pointer is and which buttons are down.
 *
 * @param x in pixels of the picture
 * @param y in pixels of the picture
 * @param buttons bit 0 left, 1 middle, 2 right, 3 back, 4 forward
 */
public record PointerInput(int x, int y, int buttons) {
    /** Left button. */
    public static final int LEFT = 1;
    /** Middle button. */
    public static final int MIDDLE = 1 << 1;
    /** Right button. */
    public static final int RIGHT = 1 << 2;
    /** Side button "back". */
    public static final int BACK = 1 << 3;
    /** Side button "forward". */
    public static final int FORWARD = 1 << 4;
}
