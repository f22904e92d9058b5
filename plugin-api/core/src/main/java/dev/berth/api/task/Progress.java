/* SPDX-License-Identifier: Apache-2.0 */
package dev.berth.api.task;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Reports how far a piece of work has come. Any thread; calls are cheap and are coalesced before anyone draws them.
 *
 * <p>Messages are plain text in the present tense and say what is about to happen: "Downloading base image".
 */
@ProviderType
public interface Progress {

    /**
     * Begins the work or its next phase; whatever was counted before is forgotten.
     *
     * @param total how much there is to do, in {@code unit}; 0 or less when that is not known
     */
    void start(long total, Unit unit, String message);

    /** Counts work as done, in the unit given to {@link #start}. Negative amounts take back, as when a retry begins. */
    void add(long amount);

    /** Changes the total, for work that learns of its size on the way. */
    void total(long total);

    /** Changes the message and nothing else. */
    void message(String message);

    /** Adds a line to the log of the task: output of a command, a decision taken. One line, without a line break. */
    void log(String line);

    /**
     * A part of this work that counts on its own. Parts may run at the same time.
     *
     * @param weight the share of this progress' total that the part stands for
     */
    Progress child(long weight, String message);

    /** A progress that nobody looks at. */
    static Progress none() {
        return SilentTask.PROGRESS;
    }
}
