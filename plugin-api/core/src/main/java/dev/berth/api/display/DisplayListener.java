/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import dev.berth.api.error.BerthException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Hears what a display tells besides pixels. Called on threads of the protocol; returns at once. */
@ProviderType
public interface DisplayListener {

    /** The pointer has a new shape. */
    default void cursor(CursorImage cursor) {}

    /** The guest moved the pointer. */
    default void pointerMoved(int x, int y) {}

    /** The guest rang the bell. */
    default void bell() {}

    /** The display has a name. */
    default void name(String name) {}

    /** The guest put something on its clipboard. */
    default void clipboard(ClipboardOffer offer) {}

    /** The keyboard lights of the guest changed. */
    default void lights(boolean scrollLock, boolean numLock, boolean capsLock) {}

    /**
     * The connection ended; nothing is called after this.
     *
     * @param cause why, or null when this side closed it
     */
    default void closed(@Nullable BerthException cause) {}
}
