/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.shell.internal.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that the window told.
 *
 * @param text plain, one or two sentences
 * @param action what can be done about it
 */
public record Notice(Instant when, Kind kind, String text, Optional<Action> action) {

    /** How bad it is. */
    public enum Kind {
        /** Something went well. */
        DONE,
        /** Something went wrong. */
        FAILED
    }

    /**
     * What can be done about it.
     *
     * @param words on the button
     */
    public record Action(String words, Runnable run) {}

    /** Something that went well, now. */
    public static Notice done(String text, Optional<Action> action) {
        return new Notice(Instant.now(), Kind.DONE, text, action);
    }

    /** Something that went wrong, now. */
    public static Notice failed(String text, Optional<Action> action) {
        return new Notice(Instant.now(), Kind.FAILED, text, action);
    }
}
