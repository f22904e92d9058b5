/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.display;

import dev.berth.api.task.AnyThread;
import org.osgi.annotation.versioning.ConsumerType;

/** Takes what the person does. Never blocks: what cannot be sent at once is queued, and pointer moves are merged. */
@ConsumerType
@AnyThread
public interface DisplayInput {

    /** A key. */
    void key(KeyInput key);

    /** The pointer moved, or a button changed. */
    void pointer(PointerInput pointer);

    /** The wheel turned. */
    void wheel(WheelInput wheel);

    /** Lets go of every key and button that is down, as when the view loses the focus. */
    void releaseAll();
}
