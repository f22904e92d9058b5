/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.plugin.display.rfb.internal.client;

import dev.berth.api.display.CursorImage;
import java.io.IOException;

/** What a server says, one method a thing. All calls come from the thread that reads. */
public interface ServerEvents {

    /** An update begins. */
    void updateBegins() throws IOException;

    /** A rectangle of the frame was written to. */
    void damaged(int x, int y, int w, int h);

    /** The update is complete. */
    void updateEnds();

    /** The picture has another size; the frame has to follow before this returns. */
    void resized(int width, int height);

    /** The size can be asked for, or was: screens as they stand on the wire, 16 bytes each. */
    default void screens(int reason, int status, byte[] screens) {}

    /** The pointer has another shape. */
    default void cursor(CursorImage cursor) {}

    /** The pointer was moved by the server. */
    default void pointerMoved(int x, int y) {}

    /** The desktop has another name. */
    default void named(String name) {}

    /** Bit 0 scroll lock, 1 num lock, 2 caps lock. */
    default void lights(int bits) {}

    /** The server takes a pseudo-encoding's messages. */
    default void supports(int encoding) {}

    /** The bell. */
    default void bell() {}

    /** Text on the clipboard, in Latin-1. */
    default void cutText(byte[] text) {}

    /** A message of the extended clipboard. */
    default void extendedClipboard(int flags, byte[] data) throws IOException {}

    /** A fence; the payload is valid during the call only. */
    default void fence(int flags, byte[] payload, int length) {}

    /** Continuous updates are possible, or have ended. */
    default void continuousUpdatesEnded() {}
}
