/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.canvas;

/** How a picture is laid into the view. */
public enum ScaleMode {
    /** The whole picture, scaled to the view, its proportions kept. */
    FIT,
    /** One pixel of the picture on one pixel of the screen, scrolled where it does not fit. */
    ACTUAL,
    /** As ACTUAL, and the guest is asked to take the size of the view. */
    FOLLOW
}
