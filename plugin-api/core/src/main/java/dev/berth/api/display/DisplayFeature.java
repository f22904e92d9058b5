/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

/** What a connection can do, known once it is joined; may grow as the server tells more. */
public enum DisplayFeature {
    /** The server changes its size on request. */
    RESIZE,
    /** Text can be copied both ways. */
    CLIPBOARD_TEXT,
    /** Other media types can be copied both ways. */
    CLIPBOARD_MEDIA,
    /** Physical keys are sent, so that the guest's layout decides. */
    PHYSICAL_KEYS
}
