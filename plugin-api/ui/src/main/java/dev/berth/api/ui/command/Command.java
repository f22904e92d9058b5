/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.ui.command;

import dev.berth.api.task.OnEdt;
import org.osgi.annotation.versioning.ConsumerType;

/** A service that does one thing when the person asks for it; carries a {@link CommandSpec}. */
@ConsumerType
public interface Command {

    /** Whether it makes sense now. Asked often: answer from what is at hand. */
    @OnEdt
    default boolean enabled(CommandContext context) {
        return true;
    }

    /** Does it. Returns at once; long work goes through {@link CommandContext#runTask}. */
    @OnEdt
    void run(CommandContext context);
}
