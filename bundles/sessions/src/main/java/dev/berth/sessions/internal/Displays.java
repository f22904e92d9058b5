/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.sessions.internal;

import dev.berth.api.display.Credentials;
import dev.berth.api.display.DisplayConnection;
import dev.berth.api.display.DisplayListener;
import dev.berth.api.display.DisplayProtocol;
import dev.berth.api.display.DisplayRequest;
import dev.berth.api.engine.Container;
import dev.berth.api.error.BerthException;
import dev.berth.api.task.TaskContext;
import dev.berth.platform.settings.SettingsStore;
import dev.berth.sessions.FrameBuffer;
import dev.berth.sessions.SessionDisplay;
import java.util.List;
import java.util.function.Supplier;

/** Joins displays: of sessions, and at any address. Both are joined again when their connection breaks. */
final class Displays {

    private final Supplier<List<DisplayProtocol>> protocols;
    private final SettingsStore settings;

    Displays(Supplier<List<DisplayProtocol>> protocols, SettingsStore settings) {
        this.protocols = protocols;
        this.settings = settings;
    }

    /** The container of a session, if that runs. */
    interface Running {
        Container container(TaskContext context) throws BerthException, InterruptedException;
    }

    /** The display of a session, for as long as that runs. */
    SessionDisplay of(
            SessionRecord record, Running running, FrameBuffer frame, DisplayListener listener, TaskContext context)
            throws BerthException, InterruptedException {
        return new LiveDisplay(
                frame,
                listener,
                (sink, relay, inner) -> DisplayAddress.protocol(record.display(), protocols.get())
                        .connect(
                                running.container(inner).endpoint(GuestScript.DISPLAY),
                                DisplayRequest.defaults(),
                                sink,
                                relay,
                                inner),
                last -> runs(running),
                context);
    }

    private static boolean runs(Running running) throws InterruptedException {
        try {
            running.container(TaskContext.silent());
            return true;
        } catch (BerthException e) {
            return false;
        }
    }

    /** The display at an address, for as long as its server does not answer with a refusal. */
    SessionDisplay at(
            String address, Credentials credentials, FrameBuffer frame, DisplayListener listener, TaskContext context)
            throws BerthException, InterruptedException {
        DisplayAddress parsed = DisplayAddress.parse(address, protocols.get());
        KeptAnswers answers = new KeptAnswers(new RememberedKeys(credentials, settings));
        DisplayRequest request = new DisplayRequest(answers, true, false, false);
        return new LiveDisplay(
                frame,
                listener,
                (sink, relay, inner) -> {
                    DisplayConnection joined =
                            parsed.protocol().connect(parsed.endpoint(), request, sink, relay, inner);
                    answers.joined();
                    return joined;
                },
                LiveDisplay::isAway,
                context);
    }
}
